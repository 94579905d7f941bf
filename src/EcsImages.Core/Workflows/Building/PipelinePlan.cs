using EcsImages.Core.Building;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows.Building;

/// <summary>What a pipeline would build, on what, where the image would go and who would get it: in lines for a person.</summary>
internal sealed class PipelinePlan(CreateImagePipelineRequest request, PipelineSource source, EcsImage? image, CalledComponents components)
{
    private const int LabelWidth = 13, LongestCommand = 120;

    /// <summary>The commands of BuildContent; null without one.</summary>
    public BuildContent? Build { get; init; }

    /// <summary>The commands of TestContent; null without one.</summary>
    public BuildContent? Test { get; init; }

    /// <summary>The plan, a line each.</summary>
    public IReadOnlyList<string> Lines =>
    [
        Line("Source", SourceText),
        Line("Machine", Machine),
        .. request.RepairMode is { } repair ? [Line("Repair", request.RepairItem is { Count: > 0 } items ? $"{repair}: {string.Join(", ", items)}" : repair)] : Array.Empty<string>(),
        .. Commands("Build", Build, "nothing: the image is as its source"),
        .. Commands("Test", Test, "none"),
        Line("Image", ImageText),
        Line("Regions", $"{string.Join(", ", request.ToRegionId ?? [request.RegionId])}; a pipeline cannot encrypt: Copy-EcsImage -Encrypted does"),
        Line("Shared with", request.AddAccount is { Count: > 0 } accounts ? string.Join(", ", accounts) : "nobody"),
    ];

    private string SourceText => source.Type switch
    {
        PipelineSource.Image => Described(image!),
        PipelineSource.Family => $"the newest image of {source.Name} at the time, now {Described(image!)}",
        _ => $"{string.Join(", ", request.ImportImageOptions!.DiskDeviceMappings!.Select(static d => $"{d.OSSBucket}/{d.OSSObject}"))}, imported as "
            + Joined(request.ImportImageOptions.Platform ?? request.ImportImageOptions.OSType ?? "linux", request.ImportImageOptions.Architecture ?? "x86_64", request.ImportImageOptions.BootMode),
    };

    private static string Described(EcsImage image) => $"{image.ImageId} ({Joined(image.Name == image.ImageId ? null : image.Name, image.OSName, image.Architecture, image.SizeGiB is { } size ? $"{size} GiB" : null)})";

    private string Machine => string.Join(", ",
        request.InstanceType ?? "the smallest instance type in stock",
        $"system disk of {request.SystemDiskSize ?? 40} GiB",
        request.VSwitchId is { } vswitch ? $"in {vswitch}" : "in a network of its own, which goes away",
        request.InternetMaxBandwidthOut is > 0 and { } bandwidth ? $"{bandwidth} Mbit/s to the Internet" : "without Internet",
        request.DeleteInstanceOnFailure is false ? "kept, and billed, when it fails" : "deleted when it fails");

    private string ImageText
    {
        get
        {
            var name = request.ImageOptions?.ImageName;
            return Joined(
                name is null ? "a name of the service's choice" : request.AdvancedOptions?.ImageNameSuffix is "disable" ? $"{name} (a second run finds that name taken)" : $"{name}_(id of the execution)",
                request.ImageOptions?.ImageFamily is { } family ? $"family {family}" : null,
                request.ImageOptions?.ImageFeatures?.NvmeSupport is { } nvme ? $"NVMe {nvme}" : null,
                request.ImageOptions?.ImageTags is { Count: > 0 } tags ? $"tags {string.Join(", ", tags.Select(static t => $"{t.Key} = {t.Value}"))}" : null);
        }
    }

    private IEnumerable<string> Commands(string label, BuildContent? content, string none)
    {
        if (content is null) return [Line(label, none)];
        if (content.IsYaml) return [Line(label, "tasks as YAML, passed on unread")];
        // What FROM names stands in the first line.
        var commands = content.Commands.Where(static c => c.Keyword != BuildKeywords.From).ToArray();
        return commands.Length == 0 ? [Line(label, none)]
            : [Line(label, Listed.Count(commands.Length, "command")), .. commands.Select((c, i) => $"  {i + 1,LabelWidth - 3}  {Cut(c.ToString())}{Meant(c)}")];
    }

    private string Meant(BuildCommand command) => command.Component is not { } call ? ""
        : components.Find(call) is { } component ? $"  ({Joined(component.Name, component.Version, call.Id is null ? component.ImageComponentId : null)})" : "  (not seen from here)";

    private static string Cut(string command) => command.Length <= LongestCommand ? command : $"{command[..(LongestCommand - 3)]}...";

    private static string Line(string label, string text) => $"  {label.PadRight(LabelWidth - 1)}{text}";

    private static string Joined(params string?[] parts) => string.Join(", ", parts.OfType<string>());
}
