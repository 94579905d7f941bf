using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A version has only what this call says; nothing is carried over from the one before.</summary>
internal sealed class CreateLaunchTemplateVersion : IOperation
{
    public string Name => "CreateLaunchTemplateVersion";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere => LaunchTemplates.Judged;

    public Reply Run(Call call, Session store)
    {
        var template = LaunchTemplates.Need(call, store);
        var version = LaunchTemplates.Version(call, template.LatestVersion + 1);
        if (template.Versions(store).Count >= LaunchTemplates.MostVersions) throw Error.Of("LaunchTemplateVersionLimitExceed", template.Id, LaunchTemplates.MostVersions);
        template.Add(store, version);
        return new(new JsonObject { ["LaunchTemplateId"] = template.Id, ["LaunchTemplateVersionNumber"] = version.Number });
    }
}
