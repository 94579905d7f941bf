using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Imports;
using EcsImages.Local.Store;
using EcsImages.Local.Work;

namespace EcsImages.Local.Ecs;

/// <summary>Ends an import or export that is not done; the image, or the files, under way go with it.</summary>
internal sealed class CancelTask : IOperation
{
    public string Name => "CancelTask";

    public bool Writes => true;

    public bool FreesContents => true;

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("TaskId");
        var task = TaskRow.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidTaskId.NotFound", id, call.RegionId);
        if (!task.CanBeCancelled) throw Error.Of("InvalidTaskId.TaskActionNotSupport", id, task.Action);
        if (task.IsOver) throw Error.Of("InvalidTaskId.IncorrectTaskStatus", id, task.Status);
        task.Cancel(store);
        ByteWorkRows.Delete(store, task.Id);
        if (task.Action != ImportImage.Action) return Reply.Empty;
        ImageSnapshots.DeleteOf(store, task.Resource);
        ImageRows.Delete(store, task.Resource);
        WorkQueue.Imports.MoveUp(store, call.Account, call.RegionId);
        return Reply.Empty;
    }
}
