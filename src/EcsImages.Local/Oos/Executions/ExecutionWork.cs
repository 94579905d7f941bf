using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Due;
using EcsImages.Local.Oos.Steps;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos.Executions;

/// <summary>Executions as due work: a stage ends the task that is running and begins the next one.</summary>
internal sealed class ExecutionWork : IDueWork
{
    internal const string NextDue = "SELECT id, due_at FROM oos_execution WHERE due_at IS NOT NULL ORDER BY due_at, key LIMIT 1";

    public DueStage? Next(Session store) => store.Single(NextDue, static r => new DueStage(r.Text("id"), r.Time("due_at")));

    public IReadOnlyList<SyntheticDisk> Needs(Session store, DueStage stage)
    {
        var run = new ExecutionRun(store, Execution.Get(store, stage.Id));
        // Whether its turn comes now shows only when the stage is carried out; what was written already costs nothing.
        return [.. run.NotBegun().SelectMany(task => StepTable.Of(task).Needs(run.At(task)))];
    }

    public bool Run(Session store, DueStage stage) => new ExecutionRun(store, Execution.Get(store, stage.Id)).Advance();
}
