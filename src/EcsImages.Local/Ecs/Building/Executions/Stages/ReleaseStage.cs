using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Takes away what was made on the way, but for what the pipeline says to keep. What cannot be taken away is named, and stays.</summary>
internal sealed class ReleaseStage : IBuildStage
{
    public string Name => "release";

    // Longer than an instance is Pending, which cannot be deleted so soon.
    public double Seconds => 1;

    public string StatusIn(BuildExecution execution) => execution.Ending == BuildExecution.Cancelled ? BuildExecution.Cancelling : BuildExecution.Releasing;

    public void End(BuildStep step)
    {
        var (made, ending) = (step.Made, step.Execution.Ending);
        if (made.TestInstance is { } test) DeleteInstance(step, test);
        var isKept = made.Instance is not null && ending == BuildExecution.Failed && step.Pipeline.Bool("DeleteInstanceOnFailure") is false;
        if (isKept) step.Note($"The instance {made.Instance} is kept with its network, as DeleteInstanceOnFailure says; delete it yourself.");
        else if (made.Instance is { } instance) DeleteInstance(step, instance);
        if (ending is BuildExecution.Failed or BuildExecution.Cancelled && step.Execution.ImageId is { Length: > 0 } image) DeleteImage(step, image);
        if (!isKept) DeleteNetwork(step);
        if (made.ImportTask is not null) Release(step, made.ImportTask, made.BaseImage);
    }

    private static void DeleteInstance(BuildStep step, string id) =>
        Tell(step, $"The instance {id}", "InvalidInstanceId.NotFound", step.TryEcs("DeleteInstance", ("InstanceId", id), ("Force", "true")));

    private static void DeleteImage(BuildStep step, string id) => Tell(step, $"The image {id}", "InvalidImageId.NotFound", step.Try(() =>
    {
        ImageSnapshots.DeleteOf(step.Store, id);
        step.Ecs("DeleteImage", ("RegionId", step.Execution.RegionId), ("ImageId", id), ("Force", "true"));
        if (step.Execution.ImageId == id) step.Execution = step.Execution with { ImageId = "" };
    }));

    private static void DeleteNetwork(BuildStep step)
    {
        if (step.Made.Vpc is { } vpc)
            step.Note(TemporaryNetwork.TryDelete(step.Store, vpc) ? $"The VPC {vpc} was deleted." : $"The VPC {vpc} stays: an instance is in it. Delete both yourself.");
        else if (step.Made.SecurityGroup is { } group)
            Tell(step, $"The security group {group}", "InvalidSecurityGroupId.NotFound", step.TryEcs("DeleteSecurityGroup", ("RegionId", step.Execution.RegionId), ("SecurityGroupId", group)));
    }

    // An import that is not done is cancelled; an imported image goes or stays by the strategy.
    private static void Release(BuildStep step, string task, string image)
    {
        var strategy = step.Pipeline.Struct("ImportImageOptions").Text("RetentionStrategy");
        var isOver = TaskRow.Find(step.Store, step.Execution.Account, step.Execution.RegionId, task) is not { IsOver: false };
        var isKept = isOver && strategy switch
        {
            "RetainAlways" => true,
            "RetainOnlySuccessful" => step.Execution.Ending.Length == 0,
            "RetainOnlyFailed" => step.Execution.Ending is BuildExecution.Failed or BuildExecution.TestFailed,
            _ => false,
        };
        if (isKept) step.Note($"The imported image {image} is kept, as RetentionStrategy says.");
        else if (isOver) DeleteImage(step, image);
        else Tell(step, $"The import of {image}", "InvalidTaskId.NotFound", step.TryEcs("CancelTask", ("RegionId", step.Execution.RegionId), ("TaskId", task)));
    }

    private static void Tell(BuildStep step, string what, string gone, EndpointError? refused) => step.Note(
        refused is null ? $"{what} was deleted." : refused.Code == gone ? $"{what} was gone already." : $"{what} stays: {refused.Message} Delete it yourself.");
}
