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
        var content = Read(step, instance, BuildContentUse.Template);
        // Older documentation lets FROM overrule the pipeline (rules.md, conflict 11).
        if (content?.Content.BaseImage is not null) step.Note($"FROM was ignored: the pipeline names its base image, {step.Made.BaseImage}.");
        step.Note(Recorded(content, instance, "build"));
        if (step.Pipeline.Struct("AdvancedOptions").Bool("RetainCloudAssistant") is true) step.Note("Cloud Assistant was not installed for it, so that none is retained.");
        step.Ecs("StopInstance", ("RegionId", step.Execution.RegionId), ("InstanceId", instance.Id));
    }

    public void End(BuildStep step) => LaunchStage.NeedRunning(step, step.Made.Instance!, InstanceRow.Stopped);

    /// <summary>What is to be done inside the instance, checked once more: components may have changed since the start.</summary>
    public static PipelineContent? Read(BuildStep step, InstanceRow instance, BuildContentUse use) =>
        PipelineContent.Read(step.Store, step.Execution.Account, step.Execution.RegionId, step.Pipeline, use, instance.OsType);

    /// <summary>What was to be executed, in words.</summary>
    public static string Recorded(PipelineContent? content, InstanceRow instance, string what) => content?.Summary() is { Length: > 0 } summary
        ? $"Not executed inside {instance.Id}, which does not run: {summary}." : $"There is nothing to {what} inside {instance.Id}.";
}
