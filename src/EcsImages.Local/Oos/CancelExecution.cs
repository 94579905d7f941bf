using EcsImages.Local.Dispatch;
using EcsImages.Local.Oos.Executions;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

/// <summary>Breaks an execution off. What it has made is cleaned up first, as the template cleans up after a failure; then it is Cancelled.</summary>
internal sealed class CancelExecution : IOperation
{
    public string Name => "CancelExecution";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var execution = Find(call, store);
        if (execution.Status is Execution.Success or Execution.Failed)
            throw Error.Invalid("ExecutionId", $"{execution.Id} has ended: {execution.Status}. Only what is under way can be cancelled.");
        if (execution.Ending.Length == 0) new ExecutionRun(store, execution).Cancel();
        return Reply.Empty;
    }

    /// <summary>The execution that a call names.</summary>
    /// <exception cref="EndpointError">EntityNotExists.Execution: unknown, or somebody else's.</exception>
    public static Execution Find(Call call, Session store)
    {
        var id = call.Needed("ExecutionId");
        return Execution.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("EntityNotExists.Execution", id, call.RegionId);
    }
}
