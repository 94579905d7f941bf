using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Oos.Templates;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

/// <summary>Starts a template. Its tasks are carried out as their time comes, with the rights of the caller.</summary>
internal sealed class StartExecution : IOperation
{
    // How long it waits for its first task.
    private const double Queued = 0.1;

    private static readonly string[] OtherTemplates = ["TemplateContent", "TemplateURL"];

    private static readonly string[] LoopModes = ["Automatic", "FirstBatchPause", "EveryBatchPause"];

    public string Name => "StartExecution";

    public bool Writes => true;

    public IReadOnlyList<string> RefusedHere { get; } = [.. OtherTemplates, "ParentExecutionId"];

    public Reply Run(Call call, Session store)
    {
        foreach (var other in OtherTemplates)
            if (call.Text(other) is not null) throw Error.Invalid(other, "the embedded endpoint carries out public templates by TemplateName only.");
        if (call.Text("ParentExecutionId") is not null) throw Error.Invalid("ParentExecutionId", "the embedded endpoint knows no executions within executions; leave it out.");
        var template = Template.Need(call.Needed("TemplateName"), call.Text("TemplateVersion"));
        var id = Ids.Execution(call.RegionId);
        var parameters = GivenParameters.Read(call, template, id);
        var execution = new Execution
        {
            Id = id,
            Account = call.Account,
            RegionId = call.RegionId,
            RamUser = call.User?.Id,
            SessionKey = call.Who.Session?.Credential.AccessKeyId,
            ExecutedBy = call.Who switch
            {
                { User: { } user } => $"{user.Account.UserName}({user.Id})",
                { Session: { } issued } => $"{issued.Role.Name}({issued.PrincipalId})",
                _ => $"root({call.Account})",
            },
            TemplateName = template.Name,
            Parameters = parameters,
            Description = call.Text("Description") ?? "",
            Mode = ModeOf(call),
            // The template has no loop that could pause.
            LoopMode = Choice(call, "LoopMode", "Automatic", LoopModes),
            SafetyCheck = SafetyCheckOf(call),
            RamRole = RoleOf(parameters, template),
            ResourceGroup = ImageWords.ResourceGroup(call),
            NextTask = template.Tasks[0].Name,
            CreatedAt = call.Now,
            UpdatedAt = call.Now,
            DueAt = call.Now.AddMilliseconds(store.Duration(Queued)),
        };
        execution.Insert(store);
        execution.Log(store, $"The execution of {template.Name} was accepted.");
        TagRows.Put(store, call.Account, call.RegionId, ExecutionTags.ResourceType, id, ExecutionTags.Read(call));
        return new(new() { ["Execution"] = ExecutionJson.Started(store, execution) });
    }

    private static string ModeOf(Call call)
    {
        var mode = Choice(call, "Mode", "Automatic", "Automatic", "FailurePause", "Debug");
        return mode == "Automatic" ? mode : throw Error.Invalid("Mode", $"{mode} pauses for somebody to go on, which the embedded endpoint cannot; it takes Automatic.");
    }

    // No task of the template is of a high risk, so that nothing waits to be confirmed.
    private static string SafetyCheckOf(Call call) => Choice(call, "SafetyCheck", "ConfirmEveryHighRiskAction", "Skip", "ConfirmEveryHighRiskAction");

    // A role has rights of its own: to show it and go by the caller's would be worse than to say so.
    private static string RoleOf(JsonObject parameters, Template template)
    {
        var role = new References(name => parameters[name]).Fill(template.RamRole)!.ToString();
        return role.Length == 0 ? role
            : throw Error.Invalid("Parameters.OOSAssumeRole", $"the embedded endpoint assumes no role, such as {role}, and carries executions out with the caller's own rights; leave it out.");
    }

    private static string Choice(Call call, string parameter, string usual, params string[] values)
    {
        var text = call.Text(parameter) ?? usual;
        return values.Contains(text) ? text : throw Error.Invalid(parameter, $"{text} is not one of {string.Join(", ", values)}.");
    }
}
