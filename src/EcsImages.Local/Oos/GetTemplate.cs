using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Templates;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

internal sealed class GetTemplate : IOperation
{
    public string Name => "GetTemplate";

    public Reply Run(Call call, Session store)
    {
        var template = Template.Need(call.Needed("TemplateName"), call.Text("TemplateVersion"));
        return new(new()
        {
            ["Content"] = template.Content,
            ["Template"] = new JsonObject
            {
                ["TemplateName"] = template.Name,
                ["TemplateId"] = template.Id,
                ["TemplateVersion"] = Template.Version,
                ["TemplateFormat"] = "JSON",
                ["TemplateType"] = "Automation",
                ["ShareType"] = "Public",
                ["Description"] = template.Description,
                ["CreatedBy"] = "ACS",
                ["UpdatedBy"] = "ACS",
                ["HasTrigger"] = false,
                ["Hash"] = template.Hash,
                ["Tags"] = new JsonObject(),
            },
        });
    }
}
