using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class EipTests
{
    [Fact]
    public async Task An_address_goes_to_an_instance_and_back_by_the_clock()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await RunAsync(endpoint, client);
        var made = await client.OkAsync("AllocateEipAddress", ("Bandwidth", "10"), ("InternetChargeType", "PayByTraffic"));
        var (id, address) = (made.Text("AllocationId"), made.Text("EipAddress"));
        Assert.StartsWith("eip-", id);
        Assert.Equal("Available", await StatusAsync(client, id));
        await client.OkAsync("AssociateEipAddress", ("AllocationId", id), ("InstanceId", instance));
        Assert.Equal("Associating", await StatusAsync(client, id));
        await client.RefusedAsync(400, "TaskConflict", "UnassociateEipAddress", ("AllocationId", id), ("InstanceId", instance));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("InUse", await StatusAsync(client, id));
        var shown = Assert.Single((await client.OkAsync("DescribeInstances", ("EipAddresses", $"[\"{address}\"]"))).List("Instances")).GetProperty("EipAddress");
        Assert.Equal((id, address, 10, "PayByTraffic"), (shown.GetProperty("AllocationId").GetString(), shown.GetProperty("IpAddress").GetString(),
            shown.GetProperty("Bandwidth").GetInt32(), shown.GetProperty("InternetChargeType").GetString()));
        Assert.Equal(1, (await client.OkAsync("DescribeEipAddresses", ("AssociatedInstanceType", "EcsInstance"), ("AssociatedInstanceId", instance))).TotalCount);
        await client.RefusedAsync(400, "IncorrectEipStatus", "ReleaseEipAddress", ("AllocationId", id));
        await client.OkAsync("UnassociateEipAddress", ("AllocationId", id), ("InstanceId", instance));
        Assert.Equal("Unassociating", await StatusAsync(client, id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Available", await StatusAsync(client, id));
        Assert.Equal("", Assert.Single((await client.OkAsync("DescribeInstances")).List("Instances")).GetProperty("EipAddress").GetProperty("IpAddress").GetString());
        await client.OkAsync("AssociateEipAddress", ("AllocationId", (await client.OkAsync("AllocateEipAddress")).Text("AllocationId")), ("InstanceId", instance));
        await client.OkAsync("ReleaseEipAddress", ("AllocationId", id));
        await client.RefusedAsync(404, "InvalidAllocationId.NotFound", "ReleaseEipAddress", ("AllocationId", id));
    }

    [Fact]
    public async Task Deleting_the_instance_frees_the_address()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await RunAsync(endpoint, client);
        var id = (await client.OkAsync("AllocateEipAddress")).Text("AllocationId");
        await client.OkAsync("AssociateEipAddress", ("AllocationId", id), ("InstanceId", instance));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.OkAsync("DeleteInstance", ("InstanceId", instance), ("Force", "true"));
        Assert.Equal("Available", await StatusAsync(client, id));
        await client.OkAsync("ReleaseEipAddress", ("AllocationId", id));
    }

    [Fact]
    public async Task An_instance_has_one_public_address_of_whichever_kind()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (withPublic, plain) = (await RunAsync(endpoint, client, ("InternetMaxBandwidthOut", "5")), await RunAsync(endpoint, client));
        var (first, second) = ((await client.OkAsync("AllocateEipAddress")).Text("AllocationId"), (await client.OkAsync("AllocateEipAddress")).Text("AllocationId"));
        await client.RefusedAsync(400, "EIP_CAN_NOT_ASSOCIATE_WITH_PUBLIC_IP", "AssociateEipAddress", ("AllocationId", first), ("InstanceId", withPublic));
        await client.RefusedAsync(403, "AllocatedAlready", "AllocatePublicIpAddress", ("InstanceId", withPublic));
        await client.RefusedAsync(400, "AllocateIpInvalidInstanceBandwidth", "AllocatePublicIpAddress", ("InstanceId", plain));
        await client.OkAsync("AssociateEipAddress", ("AllocationId", first), ("InstanceId", plain));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.RefusedAsync(400, "BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP", "AssociateEipAddress", ("AllocationId", second), ("InstanceId", plain));
        await client.RefusedAsync(400, "IncorrectEipStatus", "AssociateEipAddress", ("AllocationId", first), ("InstanceId", withPublic));
        await client.RefusedAsync(400, "InvalidBindingStatus", "UnassociateEipAddress", ("AllocationId", first), ("InstanceId", withPublic));
        await client.RefusedAsync(400, "IncorrectEipStatus", "UnassociateEipAddress", ("AllocationId", second), ("InstanceId", plain));
    }

    [Theory]
    [InlineData("AllocateEipAddress", 400, "InvalidBandwidth.Malformed", "Bandwidth=0")]
    [InlineData("AllocateEipAddress", 400, "InvalidBandwidth.Malformed", "Bandwidth=201", "InternetChargeType=PayByTraffic")]
    [InlineData("AllocateEipAddress", 400, "InvalidParameter", "InternetChargeType=PayNothing")]
    [InlineData("AssociateEipAddress", 404, "InvalidAllocationId.NotFound", "AllocationId=eip-none", "InstanceId=i-none")]
    [InlineData("AssociateEipAddress", 404, "InvalidInstanId.NotFound", "AllocationId={eip}", "InstanceId=i-none")]
    [InlineData("AssociateEipAddress", 404, "InvalidInstance.NotExist", "AllocationId={eip}", "InstanceId=ngw-none", "InstanceType=Nat")]
    [InlineData("AssociateEipAddress", 400, "InvalidInstanceType.ValueNotSupported", "AllocationId={eip}", "InstanceId=x", "InstanceType=Toaster")]
    [InlineData("DescribeEipAddresses", 400, "InvalidIAssociatedInstanceType.ValueNotSupported", "AssociatedInstanceType=Toaster")]
    [InlineData("DescribeEipAddresses", 404, "InvalidLockReason.NotFound", "LockReason=none")]
    [InlineData("DescribeEipAddresses", 404, "InvalidFilterKey.NotFound", "Filter.1.Key=Age", "Filter.1.Value=1")]
    [InlineData("DescribeEipAddresses", 400, "InvalidParameter", "Status=Lost")]
    public async Task What_does_not_fit_is_refused_by_its_code(string operation, int status, string code, params string[] parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var eip = (await client.OkAsync("AllocateEipAddress")).Text("AllocationId");
        await client.RefusedAsync(status, code, operation, [.. parameters.Select(p => p.Replace("{eip}", eip).Split('=', 2)).Select(static p => (p[0], p[1]))]);
    }

    [Fact]
    public async Task Addresses_are_twenty_at_most_and_no_two_are_alike()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var addresses = new HashSet<string>();
        for (var i = 0; i < 20; i++) Assert.True(addresses.Add((await client.OkAsync("AllocateEipAddress")).Text("EipAddress")));
        await client.RefusedAsync(400, "QuotaExceeded.Eip", "AllocateEipAddress");
    }

    private static async Task<string> RunAsync(TestEndpoint endpoint, TestClient client, params (string, string)[] more)
    {
        var id = await client.RunAsync([("ImageId", endpoint.AddImage(client, "web-" + Guid.NewGuid()).Id), .. more]);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        return id;
    }

    private static async Task<string?> StatusAsync(TestClient client, string id) =>
        Assert.Single<JsonElement>((await client.OkAsync("DescribeEipAddresses", ("AllocationId", id))).List("EipAddresses")).GetProperty("Status").GetString();
}
