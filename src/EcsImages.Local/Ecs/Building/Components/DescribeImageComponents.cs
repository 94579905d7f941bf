using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>Lists the caller's components. The service's own are scripts of its that nobody else has: there are none here.</summary>
internal sealed class DescribeImageComponents : IOperation
{
    private const int MostIds = 20, UsualPage = 50;

    public string Name => "DescribeImageComponents";

    public IReadOnlyList<string> JudgedHere { get; } = ["ImageComponentId.N"];

    public Reply Run(Call call, Session store)
    {
        var ids = call.List("ImageComponentId");
        if (ids.Count > MostIds) throw Error.Of("InvalidImageComponentIdSize.ExceededMaxNumber", ids.Count, MostIds);
        var version = ReadVersion(call);
        return new RowList(call, store, "image_component")
            .NoneIf(Choice.Of(call, "Owner", "InvalidParameter.Owner", "SELF", "ALIYUN") == "ALIYUN")
            .In("id", ids.Count > 0 ? ids : null)
            .Where("name = $name", "name", call.Text(nameof(Name)))
            .Where("major = $major", "major", version?.Major)
            .Where("minor = $minor", "minor", version?.Minor)
            .Where("patch = $patch", "patch", version?.Patch)
            .Where("system_type = $system", "system", Choice.Of(call, "SystemType", "InvalidSystemType.NotSupportedValue", ImageComponent.Linux, ImageComponent.Windows))
            .Where("component_type = $type", "type", Choice.Of(call, "ComponentType", "InvalidComponentType.NotSupportedValue", ImageComponent.Build, ImageComponent.Test))
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            .Tagged()
            .TokenPage("ImageComponent", "ImageComponentSet", row => Json(store, ImageComponent.Read(row)), UsualPage);
    }

    private static ComponentVersion? ReadVersion(Call call)
    {
        if (call.Text("ComponentVersion") is not { } text) return null;
        if (call.Text(nameof(Name)) is null) throw Error.Of("InvalidParameter.ComponentVersion", $"{text}; it goes with a Name");
        return ComponentVersion.Parse(text) is { Stars: <= 1 } version ? version
            : throw Error.Of("InvalidParameter.ComponentVersion", $"{text}; one of the numbers may be a *");
    }

    private static JsonObject Json(Session store, ImageComponent component)
    {
        var json = new JsonObject
        {
            ["ImageComponentId"] = component.Id,
            [nameof(Name)] = component.Name,
            ["ComponentVersion"] = component.Version.ToString(),
            ["ComponentType"] = component.ComponentType,
            ["SystemType"] = component.SystemType,
            ["Description"] = component.Description,
            ["Content"] = component.Content,
            ["Owner"] = "SELF",
            ["ResourceGroupId"] = component.ResourceGroup,
            ["CreationTime"] = Times.Second(component.CreatedAt),
            ["Tags"] = TagRows.Json(store, component.Id),
        };
        if (ComponentParameter.ReadAll(component.Content) is { } parameters) json["Parameters"] = Reply.Wrap("Parameter", parameters.Select(static p => p.Json()));
        return json;
    }
}
