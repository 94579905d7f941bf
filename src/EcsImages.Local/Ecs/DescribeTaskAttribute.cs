using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeTaskAttribute : IOperation
{
    private const string Success = "Success", Failed = "Failed", Processing = "Processing";

    public string Name => "DescribeTaskAttribute";

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("TaskId");
        var task = TaskRow.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidTaskId.NotFound", id, call.RegionId);
        var parts = task.Parts(store).Select(p => (Part: p, Status: StatusOf(task, p))).ToArray();
        return new(new()
        {
            ["RegionId"] = task.RegionId,
            ["TaskId"] = task.Id,
            ["TaskAction"] = task.Action,
            ["TaskStatus"] = task.Status,
            ["TaskProcess"] = task.ProgressAt(store.Now).ToString(CultureInfo.InvariantCulture) + "%",
            ["SupportCancel"] = task.CanBeCancelled ? "true" : "false",
            ["TotalCount"] = parts.Length,
            ["SuccessCount"] = parts.Count(static p => p.Status == Success),
            ["FailedCount"] = parts.Count(static p => p.Status == Failed),
            ["CreationTime"] = Times.Minute(task.CreatedAt),
            ["FinishedTime"] = task.IsOver ? Times.Minute(task.EndsAt) : "",
            ["OperationProgressSet"] = Reply.Wrap("OperationProgress", parts.Select(static p => Json(p.Part, p.Status))),
        });
    }

    private static string StatusOf(TaskRow task, TaskPart part) => task.Status switch
    {
        TaskRow.Finished => Success,
        TaskRow.Failed => part.Failed ? Failed : Success,
        TaskRow.Cancelled => TaskRow.Cancelled,
        _ => Processing,
    };

    private static JsonObject Json(TaskPart part, string status)
    {
        var json = new JsonObject
        {
            ["OperationStatus"] = status,
            ["RelatedItemSet"] = Reply.Wrap("RelatedItem", part.Related.Select(static r => new JsonObject([new("Name", r.Key), new("Value", r.Value)]))),
        };
        // What will go wrong is nobody's to know before it does.
        if (status == Failed) (json["ErrorCode"], json["ErrorMsg"]) = (part.ErrorCode, part.ErrorMessage);
        return json;
    }
}
