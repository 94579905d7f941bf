using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class CreateLaunchTemplate : IOperation
{
    public string Name => "CreateLaunchTemplate";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere => LaunchTemplates.Judged;

    public Reply Run(Call call, Session store)
    {
        var name = NameRule.Name(call, "LaunchTemplateName", "InvalidLaunchTemplateName.Malformed") ?? throw Error.Missing("LaunchTemplateName");
        var version = LaunchTemplates.Version(call, 1);
        var tags = TagWords.Read(call, parameter: "TemplateTag");
        if (LaunchTemplateRow.Find(store, call.Account, call.RegionId, null, name) is not null) throw Error.Of("LaunchTemplateName.Duplicated", name);
        if (LaunchTemplateRow.Count(store, call.Account, call.RegionId) >= LaunchTemplates.MostTemplates)
            throw Error.Of("LaunchTemplateLimitExceed", LaunchTemplates.MostTemplates);
        var template = new LaunchTemplateRow
        {
            Id = Ids.LaunchTemplate(call.RegionId),
            Account = call.Account,
            RegionId = call.RegionId,
            Name = name,
            ResourceGroup = ImageWords.ResourceGroup(call, "TemplateResourceGroupId"),
            CreatedAt = call.Now,
            ModifiedAt = call.Now,
        };
        template.Insert(store);
        template.Add(store, version);
        TagRows.Put(store, call.Account, call.RegionId, "launchtemplate", template.Id, tags);
        return new(new JsonObject { ["LaunchTemplateId"] = template.Id, ["LaunchTemplateVersionNumber"] = version.Number });
    }
}
