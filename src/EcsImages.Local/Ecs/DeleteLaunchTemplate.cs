using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DeleteLaunchTemplate : IOperation
{
    public string Name => "DeleteLaunchTemplate";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var template = LaunchTemplates.Need(call, store);
        var numbers = template.Versions(store).Select(static v => (JsonNode)v.Number).ToArray();
        template.Delete(store);
        return new(new JsonObject
        {
            ["LaunchTemplateId"] = template.Id,
            // The first letter is small, as the service writes it.
            ["LaunchTemplateVersionNumbers"] = Reply.Wrap("versionNumbers", numbers),
        });
    }
}
