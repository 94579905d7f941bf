using System.Net;
using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

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
        var (vpc, vswitch, group) = (Ids.Vpc(region), Ids.VSwitch(region), Ids.SecurityGroup(region));
        (string, object?)[] common =
            [("account", step.Execution.Account), ("region", region), ("name", step.Execution.Id), ("text", Description), ("vpc", vpc), ("now", step.Store.Now.Milliseconds())];
        step.Store.Execute(
            "INSERT INTO vpc (id, account, region, name, description, cidr, created_at) VALUES ($vpc, $account, $region, $name, $text, $cidr, $now)",
            [.. common, ("cidr", whole.ToString())]);
        step.Store.Execute(
            """
            INSERT INTO vswitch (id, account, region, vpc, zone, name, description, cidr, created_at)
            VALUES ($id, $account, $region, $vpc, $zone, $name, $text, $cidr, $now)
            """, [.. common, ("id", vswitch), ("zone", zone), ("cidr", part.ToString())]);
        step.Store.Execute(
            "INSERT INTO security_group (id, account, region, vpc, name, description, created_at) VALUES ($id, $account, $region, $vpc, $name, $text, $now)",
            [.. common, ("id", group)]);
        step.Log($"The VPC {vpc} with the vSwitch {vswitch} in {zone} and the security group {group} were created.");
        // The VPC is the stack: whoever finds it finds the rest.
        return new() { ["stackId"] = vpc };
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
        if (step.Store.Scalar<long>("SELECT count(*) FROM instance WHERE vswitch IN (SELECT id FROM vswitch WHERE vpc = $vpc)", ("vpc", vpc)) > 0)
            throw Error.Invalid("StackId", $"an instance is in the VPC {vpc}; delete it first.");
        foreach (var table in (string[])["security_group", "vswitch"]) step.Store.Execute($"DELETE FROM {table} WHERE vpc = $vpc", ("vpc", vpc));
        step.Store.Execute("DELETE FROM vpc WHERE id = $vpc", ("vpc", vpc));
        step.Log($"The VPC {vpc} was deleted with its vSwitch and its security group.");
    }
}
