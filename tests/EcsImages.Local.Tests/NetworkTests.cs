using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class NetworkTests
{
    [Fact]
    public async Task A_network_is_Pending_then_Available_by_the_clock_and_must_be_waited_for()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var made = await client.OkAsync("CreateVpc", ("VpcName", "web"), ("CidrBlock", "192.168.0.0/16"), ("UserCidr", "8.8.8.0/24"));
        var vpc = made.Text("VpcId");
        Assert.StartsWith("vrt-", made.Text("VRouterId"));
        Assert.StartsWith("vtb-", made.Text("RouteTableId"));
        Assert.Equal("Pending", await StatusAsync(client, "DescribeVpcs", "Vpcs", ("VpcId", vpc)));
        (string, string)[] vswitch = [("VpcId", vpc), ("ZoneId", "cn-hangzhou-h"), ("CidrBlock", "192.168.1.0/24")];
        await client.RefusedAsync(400, "IncorrectVpcStatus", "CreateVSwitch", vswitch);
        await client.RefusedAsync(400, "IncorrectVpcStatus", "CreateSecurityGroup", ("VpcId", vpc));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        var row = Assert.Single((await client.OkAsync("DescribeVpcs", ("VpcId", vpc))).List("Vpcs"));
        Assert.Equal(("Available", "web", "192.168.0.0/16", false, made.Text("VRouterId")), (row.GetProperty("Status").GetString(), row.GetProperty("VpcName").GetString(),
            row.GetProperty("CidrBlock").GetString(), row.GetProperty("IsDefault").GetBoolean(), row.GetProperty("VRouterId").GetString()));
        var id = (await client.OkAsync("CreateVSwitch", vswitch)).Text("VSwitchId");
        Assert.Equal("Pending", await StatusAsync(client, "DescribeVSwitches", "VSwitches", ("VSwitchId", id)));
        await client.RefusedAsync(400, "IncorrectVSwitchStatus", "RunInstances", ("ImageId", endpoint.AddImage(client, "web").Id), ("InstanceType", "ecs.g6.large"), ("VSwitchId", id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Available", await StatusAsync(client, "DescribeVSwitches", "VSwitches", ("VSwitchId", id)));
    }

    [Fact]
    public async Task A_network_is_taken_apart_from_the_inside_out()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (vpc, vswitch, group) = await MakeAsync(endpoint, client);
        var id = await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("VSwitchId", vswitch), ("SecurityGroupId", group));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var shown = Assert.Single((await client.OkAsync("DescribeInstances", ("VpcId", vpc), ("VSwitchId", vswitch), ("SecurityGroupId", group))).List("Instances"));
        Assert.Equal("10.0.0.1", shown.GetProperty("VpcAttributes").GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString());
        await client.RefusedAsync(400, "DependencyViolation.Instance", "DeleteVpc", ("VpcId", vpc));
        await client.RefusedAsync(400, "DependencyViolation", "DeleteVSwitch", ("VSwitchId", vswitch));
        await client.RefusedAsync(403, "DependencyViolation", "DeleteSecurityGroup", ("SecurityGroupId", group));
        await client.OkAsync("DeleteInstance", ("InstanceId", id), ("Force", "true"));
        await client.RefusedAsync(400, "DependencyViolation.SecurityGroup", "DeleteVpc", ("VpcId", vpc));
        await client.OkAsync("DeleteSecurityGroup", ("SecurityGroupId", group));
        await client.RefusedAsync(400, "DependencyViolation.VSwitch", "DeleteVpc", ("VpcId", vpc));
        await client.OkAsync("DeleteVSwitch", ("VSwitchId", vswitch));
        await client.OkAsync("DeleteVpc", ("VpcId", vpc));
        await client.RefusedAsync(404, "InvalidVpcId.NotFound", "DeleteVpc", ("VpcId", vpc));
        await client.RefusedAsync(404, "InvalidVSwitchId.NotFound", "DeleteVSwitch", ("VSwitchId", vswitch));
        await client.RefusedAsync(404, "InvalidSecurityGroup.NotFound", "DeleteSecurityGroup", ("SecurityGroupId", group));
    }

    [Theory]
    [InlineData("NetworkInterface.1.SecurityGroupId")]
    [InlineData("NetworkInterface.1.SecurityGroupIds.1")]
    [InlineData("NetworkInterface.1.SecurityGroupIds.1", "NetworkInterface.1.InstanceType=Primary", "NetworkInterface.1.PrimaryIpAddress=10.0.0.9",
        "NetworkInterface.1.NetworkInterfaceTrafficMode=Standard")]
    public async Task The_one_network_interface_of_an_instance_can_be_described_as_such(string groupIn, params string[] others)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (_, vswitch, group) = await MakeAsync(endpoint, client);
        await client.RunAsync([("ImageId", endpoint.AddImage(client, "web").Id), ("NetworkInterface.1.VSwitchId", vswitch), (groupIn, group),
            .. others.Select(static o => o.Split('=')).Select(static o => (o[0], o[1]))]);
        var shown = Assert.Single((await client.OkAsync("DescribeInstances", ("VSwitchId", vswitch), ("SecurityGroupId", group))).List("Instances"));
        Assert.Equal(others.Length > 0 ? "10.0.0.9" : "10.0.0.1", shown.GetProperty("VpcAttributes").GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString());
    }

    [Theory]
    [InlineData("InvalidParam.SecondaryNetworkInterface", "NetworkInterface.1.InstanceType=Secondary")]
    [InlineData("InvalidParam.SecondaryNetworkInterface", "NetworkInterface.2.InstanceType=Primary")]
    [InlineData("InvalidParam.NetworkInterface", "VSwitchId={vswitch}")]
    [InlineData("InvalidParam.NetworkInterface", "SecurityGroupIds.1={group}")]
    [InlineData("InvalidSecurityGroupId.SingleIdAndMultiIdConflict", "NetworkInterface.1.SecurityGroupId={group}", "NetworkInterface.1.SecurityGroupIds.1={group}")]
    public async Task A_second_network_interface_or_one_that_is_described_twice_is_refused(string code, params string[] parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (_, vswitch, group) = await MakeAsync(endpoint, client);
        await client.RefusedAsync(400, code, "RunInstances", [("ImageId", endpoint.AddImage(client, "web").Id), ("InstanceType", "ecs.g6.large"), ("NetworkInterface.1.VSwitchId", vswitch),
            .. parameters.Select(p => p.Replace("{vswitch}", vswitch).Replace("{group}", group).Split('=')).Select(static p => (p[0], p[1]))]);
    }

    [Theory]
    [InlineData("CreateVpc", 400, "InvalidParameter", "CidrBlock=11.0.0.0/8")]
    [InlineData("CreateVpc", 400, "InvalidParameter", "CidrBlock=10.0.0.0/29")]
    [InlineData("CreateVpc", 400, "InvalidParameter", "CidrBlock=10.0.0.1/8")]
    [InlineData("CreateVpc", 400, "InvalidVpcName.Malformed", "VpcName=http://x")]
    [InlineData("CreateVpc", 400, "InvalidVpcDiscription.Malformed", "Description=x")]
    [InlineData("CreateVpc", 400, "InvalidUserCidr.Malformed", "UserCidr=8.8.8.8/24")]
    [InlineData("CreateVpc", 400, "InvalidParameter", "VpcNam=x")]
    [InlineData("CreateVSwitch", 400, "InvalidCidrBlock.Malformed", "VpcId={vpc}", "ZoneId=cn-hangzhou-h", "CidrBlock=192.168.0.0/24")]
    [InlineData("CreateVSwitch", 400, "InvalidCidrBlock.Malformed", "VpcId={vpc}", "ZoneId=cn-hangzhou-h", "CidrBlock=ten")]
    [InlineData("CreateVSwitch", 400, "InvalidCirdrBlock.MaskLength", "VpcId={vpc}", "ZoneId=cn-hangzhou-h", "CidrBlock=10.0.0.0/30")]
    [InlineData("CreateVSwitch", 400, "InvalidCidrBlock.Overlapped", "VpcId={vpc}", "ZoneId=cn-hangzhou-h", "CidrBlock=10.0.0.0/16")]
    [InlineData("CreateVSwitch", 404, "InvalidZoneId.NotFound", "VpcId={vpc}", "ZoneId=cn-beijing-a", "CidrBlock=10.0.8.0/24")]
    [InlineData("CreateVSwitch", 404, "InvalidVpcId.NotFound", "VpcId=vpc-none", "ZoneId=cn-hangzhou-h", "CidrBlock=10.0.8.0/24")]
    [InlineData("CreateVSwitch", 400, "MissingParameter", "VpcId={vpc}", "ZoneId=cn-hangzhou-h")]
    [InlineData("CreateSecurityGroup", 404, "InvalidVpcId.NotFound", "VpcId=vpc-none")]
    [InlineData("CreateSecurityGroup", 400, "InvalidParams.GroupType", "VpcId={vpc}", "SecurityGroupType=odd")]
    [InlineData("CreateSecurityGroup", 400, "InvalidParams.VpcIdGroupType", "SecurityGroupType=enterprise")]
    [InlineData("CreateSecurityGroup", 400, "InvalidSecurityGroupName.Malformed", "VpcId={vpc}", "SecurityGroupName=1")]
    [InlineData("CreateSecurityGroup", 400, "InvalidSecurityGroupDiscription.Malformed", "VpcId={vpc}", "Description=https://x")]
    public async Task What_does_not_fit_is_refused_by_its_code(string operation, int status, string code, params string[] parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (vpc, _, _) = await MakeAsync(endpoint, client);
        await client.RefusedAsync(status, code, operation, [.. parameters.Select(p => p.Replace("{vpc}", vpc).Split('=', 2)).Select(static p => (p[0], p[1]))]);
    }

    [Fact]
    public async Task A_quota_is_for_ones_own_networks_and_not_the_default_one()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.OkAsync("DescribeVpcs");
        for (var i = 0; i < 10; i++) await client.OkAsync("CreateVpc");
        await client.RefusedAsync(400, "QuotaExceeded.Vpc", "CreateVpc");
        Assert.Equal(11, (await client.OkAsync("DescribeVpcs")).TotalCount);
    }

    [Fact]
    public async Task A_repeated_ClientToken_makes_one_network()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var first = (await client.OkAsync("CreateVpc", ("ClientToken", "t1"))).Text("VpcId");
        Assert.Equal(first, (await client.OkAsync("CreateVpc", ("ClientToken", "t1"))).Text("VpcId"));
    }

    [Fact]
    public async Task Another_account_sees_and_deletes_none_of_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var (vpc, vswitch, group) = await MakeAsync(endpoint, client);
        Assert.Equal(0, (await guest.OkAsync("DescribeVpcs", ("VpcId", vpc))).TotalCount);
        await guest.RefusedAsync(404, "InvalidVpcId.NotFound", "DeleteVpc", ("VpcId", vpc));
        await guest.RefusedAsync(404, "InvalidVSwitchId.NotFound", "DeleteVSwitch", ("VSwitchId", vswitch));
        await guest.RefusedAsync(404, "InvalidSecurityGroupId.NotFound", "DescribeSecurityGroupAttribute", ("SecurityGroupId", group));
    }

    [Fact]
    public async Task A_group_without_a_VPC_leads_to_the_classic_network_which_no_listing_shows_as_a_VPC()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var group = (await client.OkAsync("CreateSecurityGroup")).Text("SecurityGroupId");
        var id = (await client.OkAsync("CreateInstance", ("ImageId", endpoint.AddImage(client, "web").Id), ("InstanceType", "ecs.g6.large"),
            ("SecurityGroupId", group), ("InternetMaxBandwidthOut", "5"))).Text("InstanceId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var row = Assert.Single((await client.OkAsync("DescribeInstances", ("InstanceNetworkType", "classic"))).List("Instances"));
        Assert.Equal((id, "classic", ""), (row.GetProperty("InstanceId").GetString(), row.GetProperty("InstanceNetworkType").GetString(), row.GetProperty("VpcAttributes").GetProperty("VpcId").GetString()));
        Assert.Equal(1, row.GetProperty("InnerIpAddress").GetProperty("IpAddress").GetArrayLength());
        var eip = (await client.OkAsync("AllocateEipAddress")).Text("AllocationId");
        await client.RefusedAsync(400, "InvalidInstance.NotVpc", "AssociateEipAddress", ("AllocationId", eip), ("InstanceId", id));
        Assert.Equal(1, (await client.OkAsync("DescribeVpcs")).TotalCount);
        Assert.Equal(1, (await client.OkAsync("DescribeSecurityGroups", ("NetworkType", "classic"))).TotalCount);
        await client.OkAsync("DeleteInstance", ("InstanceId", id));
        await client.OkAsync("DeleteSecurityGroup", ("SecurityGroupId", group));
    }

    /// <summary>A VPC of 10.0.0.0/8 with a vSwitch of 10.0.0.0/24 and a group, all ready.</summary>
    internal static async Task<(string Vpc, string VSwitch, string Group)> MakeAsync(TestEndpoint endpoint, TestClient client)
    {
        var vpc = (await client.OkAsync("CreateVpc", ("CidrBlock", "10.0.0.0/8"))).Text("VpcId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var vswitch = (await client.OkAsync("CreateVSwitch", ("VpcId", vpc), ("ZoneId", "cn-hangzhou-h"), ("CidrBlock", "10.0.0.0/24"))).Text("VSwitchId");
        var group = (await client.OkAsync("CreateSecurityGroup", ("VpcId", vpc), ("SecurityGroupName", "web"))).Text("SecurityGroupId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        return (vpc, vswitch, group);
    }

    private static async Task<string?> StatusAsync(TestClient client, string operation, string list, (string, string) which) =>
        Assert.Single<JsonElement>((await client.OkAsync(operation, which)).List(list)).GetProperty("Status").GetString();
}
