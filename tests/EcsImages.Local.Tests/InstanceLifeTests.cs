using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class InstanceLifeTests
{
    [Fact]
    public async Task Stopping_and_starting_follow_the_clock_and_refuse_what_does_not_fit()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id));
        Assert.Equal(("IncorrectInstanceStatus", 403), await ErrorAsync(client, "StopInstance", id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(("IncorrectInstanceStatus", 403), await ErrorAsync(client, "StartInstance", id));
        Assert.Equal(("DRYRUN.SUCCESS", 400), await ErrorAsync(client, "StopInstance", id, ("DryRun", "true")));
        Assert.Equal(200, (await client.CallAsync("StopInstance", ("InstanceId", id), ("StoppedMode", "KeepCharging"))).Status);
        Assert.Equal("Stopping", await StatusAsync(client));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        var stopped = Assert.Single((await client.EcsAsync("DescribeInstances")).List("Instances"));
        Assert.Equal(("Stopped", "KeepCharging"), (stopped.GetProperty("Status").GetString(), stopped.GetProperty("StoppedMode").GetString()));
        Assert.Equal(200, (await client.CallAsync("StartInstance", ("InstanceId", id))).Status);
        Assert.Equal("Starting", await StatusAsync(client));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Running", await StatusAsync(client));
    }

    [Fact]
    public async Task Deleting_needs_a_stopped_instance_or_force_and_frees_the_disks_that_stay()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("DataDisk.1.Size", "20"), ("DataDisk.1.DeleteWithInstance", "false"));
        Assert.Equal(("IncorrectInstanceStatus.Initializing", 403), await ErrorAsync(client, "DeleteInstance", id, ("Force", "true")));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(("IncorrectInstanceStatus", 403), await ErrorAsync(client, "DeleteInstance", id));
        Assert.Equal(200, (await client.CallAsync("DeleteInstance", ("InstanceId", id), ("Force", "true"))).Status);
        Assert.Equal(0, (await client.EcsAsync("DescribeInstances")).TotalCount);
        var left = Assert.Single((await client.EcsAsync("DescribeDisks")).List("Disks"));
        Assert.Equal(("Available", "data", ""), (left.GetProperty("Status").GetString(), left.GetProperty("Type").GetString(), left.GetProperty("InstanceId").GetString()));
        Assert.Equal(("InvalidInstanceId.NotFound", 404), await ErrorAsync(client, "DeleteInstance", id));
    }

    [Fact]
    public async Task A_protected_instance_is_not_deleted()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("DeletionProtection", "true"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(("InvalidOperation.DeletionProtection", 403), await ErrorAsync(client, "DeleteInstance", id, ("Force", "true")));
    }

    [Theory]
    [InlineData("StartInstance", "InvalidInstanceId.NotFound")]
    [InlineData("StopInstance", "InvalidInstanceId.NotFound")]
    [InlineData("DeleteInstance", "InvalidInstanceId.NotFound")]
    public async Task Another_account_or_another_region_finds_nothing(string operation, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var id = await owner.RunAsync(("ImageId", endpoint.AddImage(owner, "web").Id));
        Assert.Equal((code, 404), await ErrorAsync(guest, operation, id));
        owner.Host = "ecs.cn-beijing.aliyuncs.com";
        Assert.Equal((code, 404), await ErrorAsync(owner, operation, id));
    }

    [Fact]
    public async Task Where_the_host_names_no_region_the_id_alone_finds_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        client.Host = "127.0.0.1:8080";
        var image = (await client.EcsAsync("DescribeImages", ("RegionId", "cn-beijing"), ("Architecture", "x86_64"))).Images[0].GetProperty("ImageId").GetString()!;
        var id = await client.RunAsync(("RegionId", "cn-beijing"), ("ImageId", image));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await client.CallAsync("StopInstance", ("InstanceId", id))).Status);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var disk = (await client.EcsAsync("DescribeDisks", ("RegionId", "cn-beijing"))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        var snapshot = (await client.CallAsync("CreateSnapshot", ("DiskId", disk))).Text("SnapshotId");
        Assert.Equal(1, (await client.EcsAsync("DescribeSnapshots", ("RegionId", "cn-beijing"))).TotalCount);
        Assert.Equal(200, (await client.CallAsync("DeleteSnapshot", ("SnapshotId", snapshot))).Status);
        Assert.Equal(200, (await client.CallAsync("DeleteInstance", ("InstanceId", id))).Status);
    }

    [Fact]
    public async Task Filters_and_both_ways_of_paging_find_each_instance_once()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        await client.RunAsync(("ImageId", image), ("Amount", "7"), ("InstanceName", "web[1,1]"), ("Tag.1.Key", "env"), ("Tag.1.Value", "a"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        var last = await client.RunAsync(("ImageId", image), ("InstanceName", "db"), ("InstanceType", "ecs.g6.xlarge"));
        var byToken = new List<string>();
        string token = "";
        do
        {
            var page = await client.EcsAsync("DescribeInstances", token.Length == 0 ? [("MaxResults", "3")] : [("MaxResults", "3"), ("NextToken", token)]);
            byToken.AddRange(page.List("Instances").Select(Id));
            token = page.Text("NextToken");
        }
        while (token.Length > 0);
        var byNumber = new List<string>();
        for (var page = 1; page <= 3; page++)
            byNumber.AddRange((await client.EcsAsync("DescribeInstances", ("PageSize", "3"), ("PageNumber", $"{page}"))).List("Instances").Select(Id));
        Assert.Equal(byNumber, byToken);
        Assert.Equal(8, byToken.Distinct().Count());
        Assert.Equal(last, byToken[0]);
        Assert.Equal(7, await CountAsync(("InstanceName", "web*")));
        Assert.Equal(0, await CountAsync(("InstanceName", "web")));
        Assert.Equal(1, await CountAsync(("InstanceIds", $"[\"{last}\",\"i-none\"]")));
        Assert.Equal(1, await CountAsync(("InstanceType", "ecs.g6.xlarge")));
        Assert.Equal(8, await CountAsync(("ImageId", image)));
        Assert.Equal(7, await CountAsync(("Tag.1.Key", "env"), ("Tag.1.Value", "a")));
        Assert.Equal(0, await CountAsync(("VpcId", "vpc-none")));

        async Task<int> CountAsync(params (string, string)[] filter) => (await client.EcsAsync("DescribeInstances", filter)).TotalCount;
    }

    [Theory]
    [InlineData("InvalidInstanceIds.Malformed", 403, "InstanceIds", "i-1")]
    [InlineData("InvalidParameter", 400, "NextToken", "nonsense")]
    [InlineData("InvalidStatus.NotFound", 404, "Status", "Asleep")]
    [InlineData("DryRunOperation", 400, "DryRun", "true")]
    public async Task A_wrong_listing_has_its_code(string code, int status, string name, string value)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var answer = await client.EcsAsync("DescribeInstances", (name, value));
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task More_than_100_ids_are_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var ids = JsonSerializer.Serialize(Enumerable.Range(0, 101).Select(static i => $"i-{i}"));
        Assert.Equal("InvalidInstanceIds.Malformed", (await client.EcsAsync("DescribeInstances", ("InstanceIds", ids))).Code);
    }

    private static async Task<(string?, int)> ErrorAsync(TestClient client, string operation, string id, params (string, string)[] more)
    {
        var answer = await client.CallAsync(operation, [("InstanceId", id), .. more]);
        return (answer.Code, answer.Status);
    }

    private static async Task<string?> StatusAsync(TestClient client) =>
        Assert.Single((await client.EcsAsync("DescribeInstances")).List("Instances")).GetProperty("Status").GetString();

    private static string Id(JsonElement row) => row.GetProperty("InstanceId").GetString()!;
}
