using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class CreateInstanceTests
{
    [Fact]
    public async Task It_is_Pending_then_Stopped_and_gets_a_public_address_only_when_that_is_asked_for()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await CreateAsync(endpoint, client, ("InternetMaxBandwidthOut", "5"), ("InternetChargeType", "PayByBandwidth"), ("IoOptimized", "optimized"),
            ("DataDisk.1.Size", "20"), ("UserData", "IyEvYmluL3NoCg=="));
        Assert.Equal("Pending", (await OneAsync(client)).GetProperty("Status").GetString());
        await client.RefusedAsync(403, "IncorrectInstanceStatus", "AllocatePublicIpAddress", ("InstanceId", id));
        await client.RefusedAsync(403, "IncorrectInstanceStatus", "StartInstance", ("InstanceId", id));
        await client.RefusedAsync(403, "IncorrectInstanceStatus.Initializing", "DeleteInstance", ("InstanceId", id), ("Force", "true"));
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Equal("Pending", (await OneAsync(client)).GetProperty("Status").GetString());
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(100));
        var row = await OneAsync(client);
        Assert.Equal(("Stopped", "PayByBandwidth", 0), (row.GetProperty("Status").GetString(), row.GetProperty("InternetChargeType").GetString(), Addresses(row).Count));
        var address = (await client.OkAsync("AllocatePublicIpAddress", ("InstanceId", id))).Text("IpAddress");
        Assert.Equal([address], Addresses(await OneAsync(client)));
        Assert.Equal(2, (await client.OkAsync("DescribeDisks", ("InstanceId", id))).TotalCount);
        await client.OkAsync("StartInstance", ("InstanceId", id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Running", (await OneAsync(client)).GetProperty("Status").GetString());
    }

    [Fact]
    public async Task A_public_image_has_its_content_and_makes_an_image_again()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "system"), ("InstanceType", "ecs.g6.large"))).Images[0].GetProperty("ImageId").GetString()!;
        var id = (await client.OkAsync("CreateInstance", ("ImageId", image), ("InstanceType", "ecs.g6.large"))).Text("InstanceId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Creating", await client.StatusAsync(await client.CreateAsync(("InstanceId", id), ("ImageName", "mine"))));
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM disk WHERE content_id IS NOT NULL"));
    }

    [Theory]
    [InlineData(400, "MissingParameter", "ImageId=")]
    [InlineData(400, "MissingParameter", "InstanceType=")]
    [InlineData(404, "InvalidImageId.NotFound", "ImageId=m-none")]
    [InlineData(400, "InvalidIoOptimizedValue.ValueNotSupported", "IoOptimized=maybe")]
    [InlineData(400, "InvalidInternetMaxBandwidthOut.Malformed", "InternetMaxBandwidthOut=101")]
    [InlineData(404, "InvalidSecurityGroupId.NotFound", "SecurityGroupId=sg-none")]
    [InlineData(404, "InvalidKeyPairName.NotFound", "KeyPairName=none")]
    [InlineData(400, "InvalidPassword.Malformed", "Password=short")]
    [InlineData(400, "DryRunOperation", "DryRun=true")]
    [InlineData(400, "InvalidParameter", "Amount=2")]
    public async Task What_does_not_fit_is_refused_by_its_code(int status, string code, string change)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var parameters = new Dictionary<string, string> { ["ImageId"] = endpoint.AddImage(client, "web").Id, ["InstanceType"] = "ecs.g6.large" };
        parameters[change.Split('=')[0]] = change.Split('=')[1];
        await client.RefusedAsync(status, code, "CreateInstance", [.. parameters.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(0, (await client.OkAsync("DescribeInstances")).TotalCount);
    }

    [Fact]
    public async Task A_repeated_ClientToken_makes_one_instance()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (string, string)[] parameters = [("ImageId", endpoint.AddImage(client, "web").Id), ("InstanceType", "ecs.g6.large"), ("ClientToken", "t1")];
        var first = (await client.OkAsync("CreateInstance", parameters)).Text("InstanceId");
        Assert.Equal(first, (await client.OkAsync("CreateInstance", parameters)).Text("InstanceId"));
        Assert.Equal(1, (await client.OkAsync("DescribeInstances")).TotalCount);
    }

    [Fact]
    public async Task A_reboot_leads_through_Stopping_and_Starting_back_to_Running()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await CreateAsync(endpoint, client);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.RefusedAsync(403, "IncorrectInstanceStatus", "RebootInstance", ("InstanceId", id));
        await client.OkAsync("StartInstance", ("InstanceId", id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.RefusedAsync(400, "DRYRUN.SUCCESS", "RebootInstance", ("InstanceId", id), ("DryRun", "true"));
        await client.OkAsync("RebootInstance", ("InstanceId", id));
        var seen = new List<string?>();
        for (var i = 0; i < 4; i++)
        {
            var rows = (await client.OkAsync("DescribeInstanceStatus", ("InstanceId.1", id))).List("InstanceStatuses");
            seen.Add(Assert.Single<JsonElement>(rows).GetProperty("Status").GetString());
            endpoint.Clock.Advance(TimeSpan.FromMilliseconds(600));
        }
        Assert.Equal(["Stopping", "Stopping", "Starting", "Running"], seen);
    }

    [Fact]
    public async Task Attributes_are_changed_one_by_one_and_shown()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (_, vswitch, group) = await NetworkTests.MakeAsync(endpoint, client);
        var id = await CreateAsync(endpoint, client, ("VSwitchId", vswitch), ("SecurityGroupId", group), ("InstanceName", "old"), ("Description", "as it was"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.OkAsync("ModifyInstanceAttribute", ("InstanceId", id), ("InstanceName", "new"), ("HostName", "web-1"), ("DeletionProtection", "true"), ("Password", "Correct-1"));
        var shown = await client.OkAsync("DescribeInstanceAttribute", ("InstanceId", id));
        Assert.Equal(("new", "as it was", "web-1", "optimized"), (shown.Text("InstanceName"), shown.Text("Description"), shown.Text("HostName"), shown.Text("IoOptimized")));
        await client.RefusedAsync(403, "InvalidOperation.DeletionProtection", "DeleteInstance", ("InstanceId", id));
        await client.RefusedAsync(404, "InvalidSecurityGroupId.NotFound", "ModifyInstanceAttribute", ("InstanceId", id), ("SecurityGroupIds.1", "sg-none"));
        var other = (await client.OkAsync("DescribeSecurityGroups", ("SecurityGroupName", "default"))).List("SecurityGroups")[0].GetProperty("SecurityGroupId").GetString()!;
        await client.RefusedAsync(404, "InvalidSecurityGroupVpc.NotBelongToOneVpc", "ModifyInstanceAttribute", ("InstanceId", id), ("SecurityGroupIds.1", other));
        await client.RefusedAsync(404, "InvalidParameter.SecurityGroupIdRepeated", "ModifyInstanceAttribute", ("InstanceId", id), ("SecurityGroupIds.1", group), ("SecurityGroupIds.2", group));
        await client.RefusedAsync(400, "InvalidHostName.Malformed", "ModifyInstanceAttribute", ("InstanceId", id), ("HostName", "-"));
        await client.RefusedAsync(400, "InvalidPassword.Malformed", "ModifyInstanceAttribute", ("InstanceId", id), ("Password", "weak"));
        await client.RefusedAsync(400, "InvalidParameter", "ModifyInstanceAttribute", ("InstanceId", id), ("CpuOptions.Core", "2"));
        await client.RefusedAsync(404, "InvalidInstanceId.NotFound", "DescribeInstanceAttribute", ("InstanceId", "i-none"));
    }

    [Fact]
    public async Task What_is_available_is_what_the_catalog_has_in_every_zone()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var zones = (await client.OkAsync("DescribeAvailableResource", ("DestinationResource", "InstanceType"), ("Cores", "2"), ("Memory", "8"))).List("AvailableZones");
        Assert.Equal((await client.OkAsync("DescribeZones")).List("Zones").Count, zones.Count);
        var types = (await client.OkAsync("DescribeInstanceTypes", ("MinimumCpuCoreCount", "2"), ("MaximumCpuCoreCount", "2"), ("MinimumMemorySize", "8"), ("MaximumMemorySize", "8")))
            .List("InstanceTypes").Select(static t => t.GetProperty("InstanceTypeId").GetString());
        Assert.Equal(types, Values(zones[0]));
        var disks = (await client.OkAsync("DescribeAvailableResource", ("DestinationResource", "SystemDisk"), ("ZoneId", "cn-hangzhou-h"))).List("AvailableZones");
        Assert.Contains("cloud_essd", Values(Assert.Single(disks)));
        Assert.Empty((await client.OkAsync("DescribeAvailableResource", ("DestinationResource", "InstanceType"), ("InstanceType", "ecs.none.large"))).List("AvailableZones"));
        await client.RefusedAsync(404, "Invalid.DestinationResource", "DescribeAvailableResource", ("DestinationResource", "Moon"));
    }

    private static IEnumerable<string?> Values(JsonElement zone) =>
        zone.GetProperty("AvailableResources").GetProperty("AvailableResource")[0].GetProperty("SupportedResources").GetProperty("SupportedResource")
            .EnumerateArray().Select(static r => r.GetProperty("Value").GetString());

    private static async Task<string> CreateAsync(TestEndpoint endpoint, TestClient client, params (string, string)[] more) =>
        (await client.OkAsync("CreateInstance", [("ImageId", endpoint.AddImage(client, "web").Id), ("InstanceType", "ecs.g6.large"), .. more])).Text("InstanceId");

    private static async Task<JsonElement> OneAsync(TestClient client) => Assert.Single((await client.OkAsync("DescribeInstances")).List("Instances"));

    private static IReadOnlyList<string?> Addresses(JsonElement row) =>
        [.. row.GetProperty("PublicIpAddress").GetProperty("IpAddress").EnumerateArray().Select(static a => a.GetString())];
}
