using System.Globalization;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Launches the instance that is built on, by the rules of RunInstances.</summary>
internal sealed class LaunchStage : IBuildStage
{
    // The contract's default of SystemDiskSize; which cannot be told from one that was given.
    private const int UsualGiB = 40;

    public string Name => "launch";

    public double Seconds => 1;

    public string StatusIn(BuildExecution execution) => BuildExecution.Preparing;

    public void Begin(BuildStep step)
    {
        var image = step.BaseImage();
        var type = step.Pipeline.Text("InstanceType") ?? BuilderType.SmallestFor(image);
        var asked = step.Pipeline.Int("SystemDiskSize") ?? UsualGiB;
        var size = asked == UsualGiB ? Math.Max(UsualGiB, image.SizeGiB) : asked;
        var id = Launch(step, image.Id, type, size);
        step.Made = step.Made with { Instance = id, InstanceType = type };
        step.Note($"The instance {id} was launched from {image.Id} on {type} with a system disk of {size.ToString(CultureInfo.InvariantCulture)} GiB.");
    }

    public void End(BuildStep step) => NeedRunning(step, step.Made.Instance!);

    /// <summary>Launches an instance for the execution, and answers its id.</summary>
    public static string Launch(BuildStep step, string image, string type, int? systemDiskGiB) => step.Ecs("RunInstances",
        ("RegionId", step.Execution.RegionId), ("ImageId", image), ("InstanceType", type), ("VSwitchId", step.Made.VSwitch), ("SecurityGroupId", step.Made.SecurityGroup),
        ("InternetMaxBandwidthOut", step.Pipeline.Text("InternetMaxBandwidthOut")), ("SystemDisk.Size", systemDiskGiB?.ToString(CultureInfo.InvariantCulture)),
        ("InstanceName", $"image-builder-{step.Execution.Id}"))["InstanceIdSets"]!["InstanceIdSet"]![0]!.GetValue<string>();

    /// <exception cref="EndpointError">It is gone, or somebody has stopped it.</exception>
    public static InstanceRow NeedRunning(BuildStep step, string id, string status = InstanceRow.Running)
    {
        var instance = InstanceRow.Find(step.Store, step.Execution.Account, step.Execution.RegionId, id) ?? throw Error.Of("InvalidInstanceId.NotFound", id);
        return instance.Status == status ? instance : throw Error.Of("IncorrectInstanceStatus", id, instance.Status);
    }
}
