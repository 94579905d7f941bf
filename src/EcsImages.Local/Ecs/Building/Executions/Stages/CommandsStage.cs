using EcsImages.Core.Building;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>What is to be built inside the machine: checked, recorded, not executed. Then the machine is stopped, so that its image is whole.</summary>
internal sealed class CommandsStage : IBuildStage
{
    public string Name => "commands";

    public double Seconds => 1;

    public string StatusIn(BuildExecution execution) => BuildExecution.Building;

    public void Begin(BuildStep step)
    {
        var instance = LaunchStage.NeedRunning(step, step.Made.Instance!);
        step.Note(Recorded(step, instance, BuildContentUse.Template, "build"));
        step.Ecs("StopInstance", ("RegionId", step.Execution.RegionId), ("InstanceId", instance.Id));
    }

    public void End(BuildStep step) => LaunchStage.NeedRunning(step, step.Made.Instance!, InstanceRow.Stopped);

    /// <summary>What was to be executed, in words; it was checked with it.</summary>
    public static string Recorded(BuildStep step, InstanceRow instance, BuildContentUse use, string what)
    {
        var content = PipelineContent.Read(step.Store, step.Execution.Account, step.Execution.RegionId, step.Pipeline, use, instance.OsType);
        return content?.Summary() is { Length: > 0 } summary
            ? $"Not executed inside {instance.Id}, which does not run: {summary}." : $"There is nothing to {what} inside {instance.Id}.";
    }
}
