using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeLaunchTemplates : IOperation
{
    public string Name => "DescribeLaunchTemplates";

    public IReadOnlyList<string> JudgedHere { get; } = ["TemplateTag"];

    public Reply Run(Call call, Session store) => new RowList(call, store, "launch_template")
        .In("id", Some(call.List("LaunchTemplateId")))
        .In("name", Some(call.List("LaunchTemplateName")))
        .Where("resource_group = $group", "group", call.Text("TemplateResourceGroupId"))
        .Tagged("TemplateTag")
        .Page("LaunchTemplateSets", "LaunchTemplateSet", row => Json(store, LaunchTemplateRow.Read(row)));

    private static IReadOnlyList<string>? Some(IReadOnlyList<string> items) => items.Count > 0 ? items : null;

    private static JsonObject Json(Session store, LaunchTemplateRow template) => new()
    {
        ["LaunchTemplateId"] = template.Id,
        ["LaunchTemplateName"] = template.Name,
        ["DefaultVersionNumber"] = template.DefaultVersion,
        ["LatestVersionNumber"] = template.LatestVersion,
        ["CreateTime"] = Times.Second(template.CreatedAt),
        ["ModifiedTime"] = Times.Second(template.ModifiedAt),
        ["CreatedBy"] = template.Account,
        ["ResourceGroupId"] = template.ResourceGroup,
        ["Tags"] = TagRows.Json(store, template.Id),
    };
}
