using System.Net;
using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs;

namespace EcsImages.Local.Oos.Steps;

/// <summary>Makes the network that whetherCreateVpc asks for. The endpoint has no ROS: the stack is a VPC with one vSwitch and one security group.</summary>
internal sealed class CreateStackStep : IStep
{
    private const string Description = "Made by OOS for one execution.";

    public string Action => "ACS::ExecuteAPI ROS CreateStack";

    public double Seconds => 0.3;

    public JsonObject Begin(StepContext step)
    {
        var region = step.Parameter("RegionId")!;
        var zones = Regions.Get(region).Zones;
        var zone = step.Parameter("ZoneId") ?? zones[0];
        if (!zones.Contains(zone)) throw Error.Of("InvalidZoneId.NotFound", zone);
        var (whole, part) = (Block(step, "VpcCidrBlock"), Block(step, "VSwitchCidrBlock"));
        if (!whole.Contains(part.BaseAddress) || part.PrefixLength < whole.PrefixLength)
            throw Error.Invalid("VSwitchCidrBlock", $"{part} does not lie within {whole}.");
        var network = TemporaryNetwork.Create(step.Store, step.Execution.Account, region, zone, step.Execution.Id, Description, whole, part);
        step.Log($"The VPC {network.Vpc} with the vSwitch {network.VSwitch} in {zone} and the security group {network.SecurityGroup} were created.");
        // The VPC is the stack: whoever finds it finds the rest.
        return new() { ["stackId"] = network.Vpc };
    }

    public void End(StepContext step, JsonObject outputs)
    {
        // The task after it waits for the stack.
    }

    // The service allows a VPC /8 to /28 and a vSwitch /16 to /29; the smallest here still has addresses to give.
    private static IPNetwork Block(StepContext step, string name) =>
        IPNetwork.TryParse(step.Parameter(name), out var block) && block.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && block.PrefixLength is >= 8 and <= 29
            ? block : throw Error.Invalid(name, $"{step.Parameter(name)} is no block of IPv4 addresses such as 192.168.0.0/16.");
}

/// <summary>Waits for the network, and tells its ids.</summary>
internal sealed class WaitForStackStep : IStep
{
    public string Action => "ACS::WaitFor ROS GetStack";

    public double Seconds => 0.3;

    public JsonObject Begin(StepContext step)
    {
        var vpc = step.Parameter("StackId")!;
        return new() { ["vSwitchId"] = Of(step, "vswitch", vpc), ["securityGroupId"] = Of(step, "security_group", vpc) };
    }

    public void End(StepContext step, JsonObject outputs)
    {
        // It is ready as soon as its time is over.
    }

    private static string Of(StepContext step, string table, string vpc) =>
        step.Store.Scalar<string>($"SELECT id FROM {table} WHERE vpc = $vpc ORDER BY rowid LIMIT 1", ("vpc", vpc)) ?? throw Error.Of("InvalidVpcId.NotFound", vpc);
}

/// <summary>Takes the network away again, unless something else has moved in.</summary>
internal sealed class DeleteStackStep : IStep
{
    public string Action => "ACS::ExecuteAPI ROS DeleteStack";

    public double Seconds => 0.3;

    public JsonObject Begin(StepContext step) => [];

    public void End(StepContext step, JsonObject outputs)
    {
        var vpc = step.Parameter("StackId")!;
        if (!TemporaryNetwork.TryDelete(step.Store, vpc)) throw Error.Invalid("StackId", $"an instance is in the VPC {vpc}; delete it first.");
        step.Log($"The VPC {vpc} was deleted with its vSwitch and its security group.");
    }
}
