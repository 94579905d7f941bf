using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

/// <summary>Executions and their tasks as replies show them.</summary>
internal static class ExecutionJson
{
    /// <summary>As StartExecution answers it: its parameters as text.</summary>
    public static JsonObject Started(Session store, Execution execution)
    {
        var json = Common(store, execution);
        json["Parameters"] = execution.Parameters.ToJsonString();
        json["LoopMode"] = execution.LoopMode;
        return json;
    }

    /// <summary>As ListExecutions answers it: its parameters as an object.</summary>
    public static JsonObject Listed(Session store, Execution execution)
    {
        var json = Common(store, execution);
        json["Category"] = "Other";
        json["Parameters"] = execution.Parameters.DeepClone();
        json["StatusReason"] = execution.Message;
        json["WaitingStatus"] = "";
        return json;
    }

    public static JsonObject Of(TaskExecutionRow task, string templateId) => new()
    {
        ["TaskExecutionId"] = task.Id,
        ["ExecutionId"] = task.ExecutionId,
        ["TaskName"] = task.Name,
        ["TaskAction"] = task.Action,
        ["TemplateId"] = templateId,
        ["Status"] = task.Status,
        ["StatusMessage"] = task.Message,
        ["Properties"] = task.Properties.ToJsonString(),
        // What a task is to answer is known before, and holds once it has succeeded.
        ["Outputs"] = task.Status == TaskExecutionRow.Success ? task.Outputs.ToJsonString() : "{}",
        ["CreateDate"] = Times.Second(task.StartedAt),
        ["StartDate"] = Times.Second(task.StartedAt),
        ["EndDate"] = task.EndedAt is { } ended ? Times.Second(ended) : "",
        ["UpdateDate"] = Times.Second(task.EndedAt ?? task.StartedAt),
        ["ChildExecutionId"] = "",
        ["ParentTaskExecutionId"] = "",
        ["LoopItem"] = "",
        ["LoopBatchNumber"] = 0,
        ["Loop"] = new JsonObject(),
        ["ExtraData"] = new JsonObject(),
    };

    private static JsonObject Common(Session store, Execution execution) => new()
    {
        ["ExecutionId"] = execution.Id,
        ["TemplateName"] = execution.TemplateName,
        ["TemplateId"] = execution.Template.Id,
        ["TemplateVersion"] = Templates.Template.Version,
        ["Description"] = execution.Description,
        ["Mode"] = execution.Mode,
        ["SafetyCheck"] = execution.SafetyCheck,
        ["RamRole"] = execution.RamRole,
        ["ResourceGroupId"] = execution.ResourceGroup,
        ["ExecutedBy"] = execution.ExecutedBy,
        ["ParentExecutionId"] = "",
        ["IsParent"] = false,
        ["Status"] = execution.Status,
        ["StatusMessage"] = execution.Message,
        ["Outputs"] = execution.Outputs.ToJsonString(),
        ["Counters"] = new JsonObject(),
        ["CreateDate"] = Times.Second(execution.CreatedAt),
        ["StartDate"] = Times.Second(execution.CreatedAt),
        ["UpdateDate"] = Times.Second(execution.UpdatedAt),
        ["EndDate"] = execution.EndedAt is { } ended ? Times.Second(ended) : "",
        ["Tags"] = ExecutionTags.Json(store, execution.Id),
        ["CurrentTasks"] = new JsonArray([.. TaskExecutionRow.Of(store, execution.Id).Where(static t => t.Status == TaskExecutionRow.Running).Select(static t => new JsonObject
        {
            ["TaskExecutionId"] = t.Id,
            ["TaskName"] = t.Name,
            ["TaskAction"] = t.Action,
        })]),
    };
}
