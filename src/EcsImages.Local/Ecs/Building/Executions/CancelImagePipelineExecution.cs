using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>Breaks an execution off while nothing is tested or distributed yet. What it has made is cleaned up first.</summary>
internal sealed class CancelImagePipelineExecution : IOperation
{
    private static readonly string[] Open = [BuildExecution.Preparing, BuildExecution.Repairing, BuildExecution.Building];

    public string Name => "CancelImagePipelineExecution";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("ExecutionId");
        var execution = BuildExecution.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidImagePipelineExecution.NotFound", id);
        if (execution.DueAt is null) throw Error.Of("InvalidStatus.CancelFailed", id, execution.Status);
        if (!Open.Contains(execution.Status)) throw Error.Of("InvalidStatus.ImagePipelineExecution", id, execution.Status);
        new BuildRun(store, execution, looks: null).Cancel();
        return Reply.Empty;
    }
}
