using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos.Steps;

/// <summary>Launches the instance that is to be changed, by the rules of RunInstances.</summary>
internal sealed class RunInstancesStep : IStep
{
    public string Action => "ACS::ECS::RunInstances";

    public double Seconds => 1;

    // The images of accounts have their contents already.
    public IReadOnlyList<SyntheticDisk> Needs(StepContext step) =>
        CatalogImages.Find(step.Ahead("regionId") ?? "", step.Ahead("imageId") ?? "") is { CatalogAlias: not "marketplace" } image ? [LaunchImage.DiskOf(image)] : [];

    public JsonObject Begin(StepContext step)
    {
        var answer = step.Ecs("RunInstances",
            ("RegionId", step.RegionId), ("ZoneId", step.Text("zoneId")), ("ImageId", step.Text("imageId")), ("InstanceType", step.Text("instanceType")),
            ("SecurityGroupId", step.Text("securityGroupId")), ("VSwitchId", step.Text("vSwitchId")), ("RamRoleName", step.Text("ramRoleName")),
            ("InternetMaxBandwidthOut", step.Text("internetMaxBandwidthOut")), ("SystemDisk.Category", step.Text("systemDiskCategory")));
        var id = answer["InstanceIdSets"]!["InstanceIdSet"]![0]!.GetValue<string>();
        step.Log($"The instance {id} was launched from {step.Text("imageId")}.");
        return new() { ["instanceId"] = id };
    }

    public void End(StepContext step, JsonObject outputs) => InstanceCheck.Need(step, outputs["instanceId"]!.GetValue<string>(), InstanceRow.Running);
}

/// <summary>Stops the instance, so that its image is whole.</summary>
internal sealed class StopInstanceStep : IStep
{
    public string Action => "ACS::ECS::StopInstance";

    public double Seconds => 1;

    public JsonObject Begin(StepContext step)
    {
        step.Ecs("StopInstance", ("RegionId", step.RegionId), ("InstanceId", step.Text("instanceId")));
        return [];
    }

    public void End(StepContext step, JsonObject outputs) => InstanceCheck.Need(step, step.Needed("instanceId"), InstanceRow.Stopped);
}

/// <summary>Releases the instance, at the end of its time: one that was launched only just now cannot be deleted yet.</summary>
internal sealed class DeleteInstanceStep : IStep
{
    public string Action => "ACS::ExecuteAPI ECS DeleteInstance";

    // Longer than an instance is Pending.
    public double Seconds => 0.4;

    public JsonObject Begin(StepContext step) => [];

    public void End(StepContext step, JsonObject outputs)
    {
        step.Ecs("DeleteInstance", step.Property("Parameters")!.AsObject().Select(static p => (p.Key, (string?)p.Value?.ToString())));
        step.Log($"The instance {step.Parameter("InstanceId")} was deleted.");
    }
}

/// <summary>Whether an instance is what it has to be.</summary>
internal static class InstanceCheck
{
    /// <exception cref="EndpointError">It is gone, or in another state.</exception>
    public static InstanceRow Need(StepContext step, string id, string status)
    {
        var instance = InstanceRow.Find(step.Store, step.Execution.Account, step.RegionId, id) ?? throw Error.Of("InvalidInstanceId.NotFound", id);
        return instance.Status == status ? instance : throw Error.Of("IncorrectInstanceStatus", id, instance.Status);
    }
}
