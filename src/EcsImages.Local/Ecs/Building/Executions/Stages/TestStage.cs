using EcsImages.Core.Building;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Launches an instance of the new image, which is what can be tested here, and deletes it. The tests themselves are not executed.</summary>
internal sealed class TestStage : IBuildStage
{
    public string Name => "test";

    public string Failing => BuildExecution.TestFailed;

    public double Seconds => 1;

    public string StatusIn(BuildExecution execution) => BuildExecution.Testing;

    public bool IsFor(BuildStep step) => step.Pipeline.Text("TestContent") is not null;

    public void Begin(BuildStep step)
    {
        var image = ImageStage.Need(step);
        var id = LaunchStage.Launch(step, image.Id, step.Made.InstanceType, systemDiskGiB: null);
        step.Made = step.Made with { TestInstance = id };
        step.Note($"The instance {id} was launched from {image.Id} on {step.Made.InstanceType}.");
    }

    public void End(BuildStep step)
    {
        var instance = LaunchStage.NeedRunning(step, step.Made.TestInstance!);
        step.Note(CommandsStage.Recorded(CommandsStage.Read(step, instance, BuildContentUse.Test), instance, "test"));
        step.Ecs("DeleteInstance", ("InstanceId", instance.Id), ("Force", "true"));
        step.Made = step.Made with { TestInstance = null };
        step.Note($"The instance {instance.Id} came up, and was deleted.");
    }
}
