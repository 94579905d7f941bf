using System.Net;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions.Stages;

/// <summary>Makes what the instance is launched into: a security group, and around it a network, where the pipeline names none.</summary>
internal sealed class NetworkStage : IBuildStage
{
    private const string Description = "Made by Image Builder for one execution.";
    private static readonly IPNetwork Whole = IPNetwork.Parse("192.168.0.0/16"), Part = IPNetwork.Parse("192.168.0.0/24");

    public string Name => "network";

    public double Seconds => 0.3;

    public string StatusIn(BuildExecution execution) => BuildExecution.Preparing;

    public void Begin(BuildStep step)
    {
        var (account, region, id) = (step.Execution.Account, step.Execution.RegionId, step.Execution.Id);
        if (step.Pipeline.Text("VSwitchId") is { } given)
        {
            var vswitch = Networks.Find(step.Store, account, region, given) ?? throw Error.Of("InvalidVSwitchId.NotFound", given);
            var group = TemporaryNetwork.CreateGroup(step.Store, account, region, vswitch.VpcId, id, Description);
            step.Made = step.Made with { VSwitch = given, SecurityGroup = group };
            step.Note($"The security group {group} was created in {vswitch.VpcId}, which the vSwitch {given} belongs to.");
            return;
        }
        var network = TemporaryNetwork.Create(step.Store, account, region, Regions.Get(region).Zones[0], id, Description, Whole, Part);
        step.Made = step.Made with { Vpc = network.Vpc, VSwitch = network.VSwitch, SecurityGroup = network.SecurityGroup };
        step.Note($"The temporary VPC {network.Vpc} was created with the vSwitch {network.VSwitch} and the security group {network.SecurityGroup}.");
    }
}
