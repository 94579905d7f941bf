using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The versions of one template, the newest first.</summary>
internal sealed class DescribeLaunchTemplateVersions : IOperation
{
    private const string Sets = "LaunchTemplateVersionSets", Set = "LaunchTemplateVersionSet", Data = "LaunchTemplateData";

    public string Name => "DescribeLaunchTemplateVersions";

    public Reply Run(Call call, Session store)
    {
        var template = LaunchTemplates.Need(call, store);
        var paging = Paging.Of(call);
        var wanted = call.List("LaunchTemplateVersion").Select(static n => long.Parse(n, CultureInfo.InvariantCulture)).ToHashSet();
        var versions = template.Versions(store).Where(v =>
            (wanted.Count == 0 || wanted.Contains(v.Number)) && !(v.Number < call.Long("MinVersion")) && !(v.Number > call.Long("MaxVersion"))
            && (call.Bool("DefaultVersion") is not true || v.Number == template.DefaultVersion)).ToArray();
        return new(new JsonObject
        {
            ["TotalCount"] = versions.Length,
            ["PageNumber"] = paging.Number,
            ["PageSize"] = paging.Size,
            [Sets] = Reply.Wrap(Set, versions.Skip(paging.Offset).Take(paging.Size).Select(v => Json(call, template, v))),
        });
    }

    private static JsonObject Json(Call call, LaunchTemplateRow template, LaunchTemplateVersionRow version)
    {
        var json = new JsonObject
        {
            ["LaunchTemplateId"] = template.Id,
            ["LaunchTemplateName"] = template.Name,
            ["VersionNumber"] = version.Number,
            ["VersionDescription"] = version.Description,
            ["DefaultVersion"] = version.Number == template.DefaultVersion,
            ["CreateTime"] = Times.Second(version.CreatedAt),
            ["ModifiedTime"] = Times.Second(version.CreatedAt),
            ["CreatedBy"] = template.Account,
        };
        if (call.Bool("DetailFlag") is not false)
            json[Data] = KeptParameters.Json(DataFields(call.Operation), new Parameters(KeptParameters.Read(version.Parameters)));
        return json;
    }

    private static IReadOnlyList<ApiField> DataFields(ApiOperation operation) => Inner(Inner(Inner(operation.Response, Sets), Set), Data);

    private static IReadOnlyList<ApiField> Inner(IReadOnlyList<ApiField> fields, string name) => fields.Single(f => f.Name == name).Fields;
}
