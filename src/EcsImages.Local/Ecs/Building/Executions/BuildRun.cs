using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Building.Executions.Stages;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>Takes one execution a stage further, at the session's time.</summary>
internal sealed class BuildRun
{
    private readonly Session _store;
    private readonly BuildStep _step;

    public BuildRun(Session store, BuildExecution execution, DiskLooks? looks) => (_store, _step) = (store, new BuildStep(store, execution, looks));

    private BuildExecution Execution { get => _step.Execution; set => _step.Execution = value; }

    /// <summary>Begins with the first stage whose turn it is.</summary>
    public void Start() => BeginAfter(null);

    /// <summary>Ends the stage that is under way, and begins the next one; after the last one it ends.</summary>
    /// <returns>Whether contents of disks may be left over.</returns>
    public bool Advance()
    {
        var stage = BuildStages.Of(Execution.Stage);
        var isDone = Try(stage, stage.End);
        if (stage == BuildStages.Last) return Finish();
        if (isDone) BeginAfter(stage);
        else BeginRelease();
        return false;
    }

    /// <summary>Breaks it off: what it has made is cleaned up from now on.</summary>
    public void Cancel()
    {
        Execution = (Execution with { Status = BuildExecution.Cancelling, Ending = BuildExecution.Cancelled }).Noting("It was cancelled.");
        BeginRelease();
    }

    private void BeginAfter(IBuildStage? before)
    {
        foreach (var stage in BuildStages.After(before))
        {
            if (!stage.IsFor(_step)) continue;
            Execution = Execution with { Status = stage.StatusIn(Execution), Stage = stage.Name, Waits = [] };
            if (!Try(stage, stage.Begin)) break;
            Wait(stage);
            return;
        }
        BeginRelease();
    }

    private void BeginRelease()
    {
        var stage = BuildStages.Last;
        Execution = Execution with { Status = stage.StatusIn(Execution), Stage = stage.Name, Waits = [] };
        Wait(stage);
    }

    private void Wait(IBuildStage stage)
    {
        Execution = Execution with { DueAt = _store.Now.AddMilliseconds(_store.Duration(stage.Seconds)) };
        Execution.Update(_store);
    }

    // What a stage that fails has done is undone, and only why is kept.
    private bool Try(IBuildStage stage, Action<BuildStep> work)
    {
        var before = Execution;
        try
        {
            return _store.Attempt(() =>
            {
                work(_step);
                return true;
            });
        }
        catch (EndpointError e)
        {
            Execution = (before with { Ending = stage.Failing, ErrorCode = e.Code, ErrorInfo = e.Message }).Noting($"Failed. {e.Code}: {e.Message}");
            return false;
        }
    }

    private bool Finish()
    {
        var status = Execution.Ending.Length > 0 ? Execution.Ending : Execution.Made.IsPartial ? BuildExecution.PartitionSuccess : BuildExecution.Success;
        Execution = Execution with { Status = status, DueAt = null, Waits = [] };
        Execution.Update(_store);
        return true;
    }
}
