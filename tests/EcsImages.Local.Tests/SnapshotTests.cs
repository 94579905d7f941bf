using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public async Task A_snapshot_progresses_and_then_is_accomplished()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var disk = await DiskAsync(endpoint, client);
        var id = (await client.CallAsync("CreateSnapshot", ("DiskId", disk), ("SnapshotName", "kept"), ("Description", "before"))).Text("SnapshotId");
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(250));
        var young = await OneAsync(client, ("Status", "progressing"));
        Assert.Equal(("25%", 1, false), (young.GetProperty("Progress").GetString(), young.GetProperty("RemainTime").GetInt32(), young.GetProperty("Available").GetBoolean()));
        var busy = await client.CallAsync("CreateSnapshot", ("DiskId", disk));
        Assert.Equal(("IncorrectDiskStatus.CreatingSnapshot", 403), (busy.Code, busy.Status));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        var done = await OneAsync(client, ("SnapshotIds", $"[\"{id}\"]"), ("DiskId", disk), ("SourceDiskType", "system"), ("Usage", "none"), ("SnapshotName", "kept"));
        Assert.Equal(("accomplished", "100%", "none"), (done.GetProperty("Status").GetString(), done.GetProperty("Progress").GetString(), done.GetProperty("Usage").GetString()));
        Assert.Equal(0, (await client.EcsAsync("DescribeSnapshots", ("SourceDiskType", "data"))).TotalCount);
        Assert.Equal(200, (await client.CallAsync("DeleteSnapshot", ("SnapshotId", id))).Status);
        var gone = await client.CallAsync("DeleteSnapshot", ("SnapshotId", id));
        Assert.Equal(("InvalidSnapshotId.NotFound", 404), (gone.Code, gone.Status));
    }

    [Fact]
    public async Task What_an_image_or_a_disk_was_made_from_is_in_use()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("DataDisk.1.Size", "20"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var disk = (await client.EcsAsync("DescribeDisks", ("DiskType", "data"))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        var id = (await client.CallAsync("CreateSnapshot", ("DiskId", disk))).Text("SnapshotId");
        var early = await client.EcsAsync("RunInstances", ("ImageId", endpoint.AddImage(client, "x").Id), ("InstanceType", "ecs.g6.large"), ("DataDisk.1.SnapshotId", id));
        Assert.Equal(("InvalidSnapshotId.NotReady", 403), (early.Code, early.Status));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.RunAsync(("ImageId", endpoint.AddImage(client, "db").Id), ("DataDisk.1.SnapshotId", id));
        Assert.Equal("disk", (await OneAsync(client)).GetProperty("Usage").GetString());
        var inDisk = await client.CallAsync("DeleteSnapshot", ("SnapshotId", id));
        Assert.Equal(("SnapshotCreatedDisk", 403), (inDisk.Code, inDisk.Status));
        endpoint.AddImage(client, "made", i => i with { Disks = [new("/dev/xvda", "system", 40, id, "")] });
        Assert.Equal("image_disk", (await OneAsync(client)).GetProperty("Usage").GetString());
        var inImage = await client.CallAsync("DeleteSnapshot", ("SnapshotId", id), ("Force", "true"));
        Assert.Equal(("SnapshotCreatedImage", 403), (inImage.Code, inImage.Status));
        endpoint.Arrange(static s => s.Execute("DELETE FROM image WHERE name = 'made'"));
        Assert.Equal(200, (await client.CallAsync("DeleteSnapshot", ("SnapshotId", id), ("Force", "true"))).Status);
    }

    [Fact]
    public async Task The_same_token_makes_one_snapshot_and_other_parameters_are_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var disk = await DiskAsync(endpoint, client);
        var first = await client.CallAsync("CreateSnapshot", ("DiskId", disk), ("ClientToken", "t"));
        var again = await client.CallAsync("CreateSnapshot", ("DiskId", disk), ("ClientToken", "t"));
        Assert.Equal(first.Text("SnapshotId"), again.Text("SnapshotId"));
        var other = await client.CallAsync("CreateSnapshot", ("DiskId", disk), ("ClientToken", "t"), ("SnapshotName", "other"));
        Assert.Equal(("IdempotentParameterMismatch", 403), (other.Code, other.Status));
    }

    [Fact]
    public async Task A_disk_has_up_to_64_snapshots_and_a_retention_ends_them()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var disk = await DiskAsync(endpoint, client);
        for (var i = 0; i < 64; i++)
        {
            Assert.Equal(200, (await client.CallAsync("CreateSnapshot", ("DiskId", disk), ("RetentionDays", "1"))).Status);
            endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        }
        var full = await client.CallAsync("CreateSnapshot", ("DiskId", disk));
        Assert.Equal(("QuotaExceed.Snapshot", 403), (full.Code, full.Status));
        endpoint.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await client.EcsAsync("DescribeSnapshots")).TotalCount);
        Assert.Equal(200, (await client.CallAsync("CreateSnapshot", ("DiskId", disk))).Status);
        Assert.Equal(1, (await client.EcsAsync("DescribeSnapshots")).TotalCount);
    }

    [Theory]
    [InlineData("InvalidSnapshotName.Malformed", 400, "SnapshotName", "auto-1")]
    [InlineData("InvalidSnapshotName.Malformed", 400, "SnapshotName", "9")]
    [InlineData("InvalidDescription.Malformed", 404, "Description", "http://x")]
    [InlineData("InvalidRetentionDays.Malformed", 400, "RetentionDays", "0")]
    [InlineData("InvalidDiskId.NotFound", 404, "DiskId", "d-none")]
    public async Task A_wrong_snapshot_has_its_code(string code, int status, string name, string value)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var parameters = new Dictionary<string, string> { ["DiskId"] = await DiskAsync(endpoint, client), [name] = value };
        if (name == "DiskId") parameters["DiskId"] = value;
        var answer = await client.CallAsync("CreateSnapshot", [.. parameters.Select(static p => (p.Key, p.Value))]);
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Theory]
    [InlineData("DescribeSnapshots", "InvalidSnapshotIds.Malformed", 403, "SnapshotIds", "s-1")]
    [InlineData("DescribeSnapshots", "InvalidUsage", 404, "Usage", "both")]
    [InlineData("DescribeSnapshots", "InvalidStatus.NotFound", 404, "Status", "lost")]
    [InlineData("DescribeDisks", "InvalidDiskIds.Malformed", 403, "DiskIds", "d-1")]
    [InlineData("DescribeDisks", "InvalidStatus.ValueNotSupported", 400, "Status", "lost")]
    [InlineData("DescribeSecurityGroups", "InValidParameter.NextToken", 400, "NextToken", "zz")]
    [InlineData("DescribeSecurityGroups", "InvalidParameter.SecurityGroupType", 400, "SecurityGroupType", "lost")]
    public async Task A_wrong_listing_has_its_code(string operation, string code, int status, string name, string value)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var answer = await client.EcsAsync(operation, (name, value));
        Assert.Equal((code, status), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task A_fresh_disk_and_one_of_another_account_are_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        await owner.RunAsync(("ImageId", endpoint.AddImage(owner, "web").Id));
        var disk = (await owner.EcsAsync("DescribeDisks")).List("Disks")[0].GetProperty("DiskId").GetString()!;
        Assert.Equal("IncorrectDiskStatus", (await owner.CallAsync("CreateSnapshot", ("DiskId", disk))).Code);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("InvalidDiskId.NotFound", (await guest.CallAsync("CreateSnapshot", ("DiskId", disk))).Code);
        var id = (await owner.CallAsync("CreateSnapshot", ("DiskId", disk))).Text("SnapshotId");
        Assert.Equal("InvalidSnapshotId.NotFound", (await guest.CallAsync("DeleteSnapshot", ("SnapshotId", id))).Code);
        Assert.Equal(0, (await guest.EcsAsync("DescribeSnapshots", ("SnapshotIds", $"[\"{id}\"]"))).TotalCount);
    }

    private static async Task<string> DiskAsync(TestEndpoint endpoint, TestClient client)
    {
        await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        return (await client.EcsAsync("DescribeDisks")).List("Disks")[0].GetProperty("DiskId").GetString()!;
    }

    private static async Task<JsonElement> OneAsync(TestClient client, params (string, string)[] filter) =>
        Assert.Single((await client.EcsAsync("DescribeSnapshots", filter)).List("Snapshots"));
}
