using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeTasks : IOperation
{
    private const int MostIds = 100;

    public string Name => "DescribeTasks";

    public Reply Run(Call call, Session store)
    {
        var ids = call.Text("TaskIds")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids?.Length > MostIds) throw Error.Invalid("TaskIds", $"there are {ids.Length} ids; at most {MostIds} are allowed.");
        var resources = call.List("ResourceIds");
        var status = call.Text("TaskStatus");
        var reply = new RowList(call, store, TaskRow.View)
            .In("id", ids)
            .In("resource", resources.Count > 0 ? resources : null)
            .Where("action = $action", "action", call.Text("TaskAction"))
            // Others do not filter, says the service.
            .Where("status = $status", "status", status is TaskRow.Finished or TaskRow.Processing or TaskRow.Failed ? status : null)
            .Where("created_at >= $from", "from", Time(call, "StartTime"))
            .Where("created_at <= $until", "until", Time(call, "EndTime"))
            // No task here belongs to a group.
            .NoneIf(call.Text("TaskGroupId") is not null)
            .Page("TaskSet", "Task", static r => Json(TaskRow.Read(r)));
        reply.Body["RegionId"] = call.RegionId;
        return reply;
    }

    private static long? Time(Call call, string name) => call.Text(name) is not { } text ? null
        : Times.TryParse(text, out var time) ? time.Milliseconds() : throw Error.Invalid(name, $"{text} is no time such as 2026-11-23T15:16:00Z.");

    private static JsonObject Json(TaskRow task) => new()
    {
        ["TaskId"] = task.Id,
        ["TaskAction"] = task.Action,
        ["TaskStatus"] = task.Status,
        ["ResourceId"] = task.Resource,
        ["SupportCancel"] = task.CanBeCancelled ? "true" : "false",
        ["CreationTime"] = Times.Minute(task.CreatedAt),
        ["FinishedTime"] = task.IsOver ? Times.Minute(task.EndsAt) : "",
    };
}
