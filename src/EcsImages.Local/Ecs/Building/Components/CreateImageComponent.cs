using EcsImages.Core.Building;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>Keeps a piece of what pipelines build or test, under a name and a version.</summary>
internal sealed class CreateImageComponent : IOperation
{
    // The service does not say how many there may be: that number is this endpoint's.
    private const int MostComponents = 200;

    public string Name => "CreateImageComponent";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["Name", "Description", "ClientToken", .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        var name = NameRule.Name(call, "Name", "InvalidName.Malformed");
        var description = NameRule.Description(call, "Description", "InvalidDescription.Malformed");
        var group = ImageWords.ResourceGroup(call);
        var tags = TagWords.Read(call);
        var system = Choice.Of(call, "SystemType", "InvalidSystemType.NotSupportedValue", ImageComponent.Linux, ImageComponent.Windows) ?? ImageComponent.Linux;
        var type = Choice.Of(call, "ComponentType", "InvalidComponentType.NotSupportedValue", ImageComponent.Build, ImageComponent.Test) ?? ImageComponent.Build;
        var content = ReadContent(call, system);
        var id = Ids.ImageComponent(call.RegionId);
        var versions = ImageComponent.Versions(store, call.Account, call.RegionId, name ?? id);
        var version = ReadVersion(call) ?? new((versions is [var highest, ..] ? highest.Version.Major : 0) + 1, 0, 0);
        if (versions.Any(v => v.Version == version)) throw Error.Of("InvalidComponentVersion.Exist", name, version);
        if (ImageComponent.Count(store, call.Account, call.RegionId) >= MostComponents) throw Error.Of("QuotaExceed.ImageComponent", MostComponents);
        new ImageComponent
        {
            Id = id,
            Account = call.Account,
            RegionId = call.RegionId,
            Name = name ?? id,
            Version = version,
            Description = description,
            SystemType = system,
            ComponentType = type,
            Content = content,
            ResourceGroup = group,
            CreatedAt = call.Now,
        }.Insert(store);
        TagRows.Put(store, call.Account, call.RegionId, ImageComponent.ResourceType, id, tags);
        return new(new() { ["ImageComponentId"] = id });
    }

    private static string ReadContent(Call call, string system)
    {
        var text = call.Text("Content") ?? throw Error.Of("MissingParameter.Content", "Content is missing: the commands of the component, or its YAML.");
        var content = BuildText.Read("Content", text, BuildContentUse.Component);
        if (content.IsYaml) ComponentTasks.Check(text);
        // What a Dockerfile has is for a shell.
        if (system == ImageComponent.Windows && content.Commands.FirstOrDefault(static c => c.Keyword != BuildKeywords.Restart) is { } command)
            throw Error.Of("InvalidImage.OsTypeUnsupported", $"Content, line {command.Line}", command.Keyword);
        return text;
    }

    private static ComponentVersion? ReadVersion(Call call) =>
        call.Text("ComponentVersion") is not { } text ? null
        : ComponentVersion.Parse(text) is { Stars: 0 } version ? version : throw Error.Of("InvalidParameter.ComponentVersion", text);
}
