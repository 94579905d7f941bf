using EcsImages.Core.Disks.Inspection;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Creates the image from the instance, and waits until it is there.</summary>
internal sealed class ImageStage : IBuildStage
{
    public string Name => "image";

    public double Seconds => 1;

    public string StatusIn(BuildExecution execution) => BuildExecution.Building;

    public void Begin(BuildStep step)
    {
        var (options, instance) = (step.Pipeline.Struct("ImageOptions"), step.Made.Instance!);
        var id = step.Ecs("CreateImage",
            [
                ("RegionId", step.Execution.RegionId), ("InstanceId", instance), ("ImageName", NameOf(step, options)), ("Description", options.Text("Description")),
                ("ImageFamily", options.Text("ImageFamily")), ("DetectionStrategy", "Standard"),
                ("ResourceGroupId", step.Execution.ResourceGroup.Length > 0 ? step.Execution.ResourceGroup : null), .. TagsOf(options),
            ])["ImageId"]!.GetValue<string>();
        if (NvmeOf(step, options, instance) is { } nvme) step.Ecs("ModifyImageAttribute", ("RegionId", step.Execution.RegionId), ("ImageId", id), ("Features.NvmeSupport", nvme));
        step.Execution = step.Execution with { ImageId = id, Waits = [id] };
        step.Note($"The image {id} is created from {instance}.");
    }

    public void End(BuildStep step)
    {
        var image = Need(step);
        var items = DetectionItems.Of(step.LookAt(step.Made.Instance!), image, step.Store.Now);
        var risks = items.Where(static i => i.RiskCode is not null).Select(static i => $"{i.RiskCode} ({i.RiskLevel})").ToList();
        step.Note(risks.Count > 0 ? $"The check of its disk found {string.Join(", ", risks)}." : $"The check of its disk found nothing wrong in {items.Count} items.");
    }

    /// <exception cref="EndpointError">Somebody has deleted the image, or it did not come to be.</exception>
    public static Image Need(BuildStep step)
    {
        var image = ImageRows.FindOwn(step.Store, step.Execution.Account, step.Execution.RegionId, step.Execution.ImageId)
            ?? throw Error.ImageNotFound(step.Execution.ImageId, step.Execution.RegionId);
        var state = ImageState.At(image, step.Store.Now);
        return state is ImageState.Available or ImageState.Deprecated ? image : throw Error.Of("IncorrectImageStatus", image.Id, state);
    }

    /// <summary>What the image is called: null leaves it to CreateImage.</summary>
    public static string? NameOf(BuildStep step, Parameters options)
    {
        var prefix = options.Text("ImageName");
        return step.Pipeline.Struct("AdvancedOptions").Text("ImageNameSuffix") == "disable" ? prefix : prefix is null ? step.Execution.Id : $"{prefix}_{step.Execution.Id}";
    }

    /// <summary>The tags for the image, as parameters.</summary>
    public static IEnumerable<(string, string?)> TagsOf(Parameters options) => options.Structs("ImageTags")
        .SelectMany(static (t, i) => ((string, string?)[])[($"Tag.{i + 1}.Key", t.Text("Key")), ($"Tag.{i + 1}.Value", t.Text("Value"))]);

    // auto goes by the driver that the newest kernel on the disk has; where that does not tell, the image has what its source has.
    private static string? NvmeOf(BuildStep step, Parameters options, string instance) => options.Struct("ImageFeatures").Text("NvmeSupport") switch
    {
        "auto" => step.LookAt(instance).Disk.Kernels is [var newest, ..] ? newest.Nvme switch
        {
            DriverState.BuiltIn or DriverState.Module => "supported",
            DriverState.Absent => "unsupported",
            _ => null,
        }
        : null,
        var said => said,
    };
}
