using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class DiskTests
{
    [Fact]
    public async Task A_disk_is_made_attached_detached_and_deleted_by_the_clock()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await InstanceAsync(endpoint, client);
        var disk = (await client.OkAsync("CreateDisk", ("ZoneId", "cn-hangzhou-h"), ("Size", "20"), ("DiskCategory", "cloud_essd"), ("DiskName", "data"), ("Tag.1.Key", "a"))).Text("DiskId");
        Assert.Equal("Creating", await StatusAsync(client, disk));
        await client.RefusedAsync(403, "IncorrectDiskStatus", "AttachDisk", ("DiskId", disk), ("InstanceId", instance));
        await client.RefusedAsync(403, "IncorrectDiskStatus.Initializing", "DeleteDisk", ("DiskId", disk));
        Tick(endpoint);
        Assert.Equal("Available", await StatusAsync(client, disk));
        await client.OkAsync("AttachDisk", ("DiskId", disk), ("InstanceId", instance));
        Assert.Equal("Attaching", await StatusAsync(client, disk));
        await client.RefusedAsync(403, "IncorrectDiskStatus", "DetachDisk", ("DiskId", disk), ("InstanceId", instance));
        Tick(endpoint);
        var row = await RowAsync(client, disk);
        Assert.Equal(("In_use", instance, "/dev/xvdb", false), (row.GetProperty("Status").GetString(), row.GetProperty("InstanceId").GetString(),
            row.GetProperty("Device").GetString(), row.GetProperty("DeleteWithInstance").GetBoolean()));
        await client.RefusedAsync(404, "InvalidDisk.InUse", "AttachDisk", ("DiskId", disk), ("InstanceId", instance));
        await client.RefusedAsync(403, "DiskStillAttached", "DeleteDisk", ("DiskId", disk));
        await client.OkAsync("DetachDisk", ("DiskId", disk), ("InstanceId", instance));
        Assert.Equal("Detaching", await StatusAsync(client, disk));
        await client.RefusedAsync(403, "IncorrectDiskStatus", "DeleteDisk", ("DiskId", disk));
        Tick(endpoint);
        await client.RefusedAsync(404, "InvalidDisk.AlreadyDetached", "DetachDisk", ("DiskId", disk), ("InstanceId", instance));
        await client.OkAsync("DeleteDisk", ("DiskId", disk));
        await client.RefusedAsync(404, "InvalidDiskId.NotFound", "DeleteDisk", ("DiskId", disk));
    }

    [Fact]
    public async Task What_goes_with_an_instance_is_what_was_said_when_it_was_attached()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await InstanceAsync(endpoint, client);
        var ids = new List<string>();
        foreach (var goes in (string[])["true", "false"])
        {
            var disk = (await client.OkAsync("CreateDisk", ("ZoneId", "cn-hangzhou-h"), ("Size", "20"), ("DiskName", "data-" + goes))).Text("DiskId");
            Tick(endpoint);
            await client.OkAsync("AttachDisk", ("DiskId", disk), ("InstanceId", instance), ("DeleteWithInstance", goes));
            ids.Add(disk);
        }
        // The second one is still on its way to the instance.
        await client.OkAsync("DeleteInstance", ("InstanceId", instance), ("Force", "true"));
        var left = Assert.Single((await client.OkAsync("DescribeDisks")).List("Disks"));
        Assert.Equal((ids[1], "Available"), (left.GetProperty("DiskId").GetString(), left.GetProperty("Status").GetString()));
    }

    [Fact]
    public async Task A_disk_of_a_snapshot_has_its_content_and_at_least_its_size()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var snapshot = endpoint.AddSnapshot(client, "data", 30, content: "content-7");
        var disk = (await client.OkAsync("CreateDisk", ("ZoneId", "cn-hangzhou-h"), ("SnapshotId", snapshot))).Text("DiskId");
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM disk WHERE id = $id AND size_gib = 30 AND content_id = 'content-7'", ("id", disk)));
        await client.RefusedAsync(403, "InvalidDiskSize.TooSmall", "CreateDisk", ("ZoneId", "cn-hangzhou-h"), ("SnapshotId", snapshot), ("Size", "20"));
        await client.RefusedAsync(403, "InvalidSnapshotId.NotDataDiskSnapshot", "CreateDisk", ("ZoneId", "cn-hangzhou-h"), ("SnapshotId", endpoint.AddSnapshot(client, "system", 40)));
    }

    [Fact]
    public async Task A_disk_grows_and_never_shrinks()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await InstanceAsync(endpoint, client);
        var disk = (await client.OkAsync("DescribeDisks", ("InstanceId", instance))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        await client.OkAsync("ResizeDisk", ("DiskId", disk), ("NewSize", "60"), ("Type", "online"));
        Assert.Equal(60, (await RowAsync(client, disk)).GetProperty("Size").GetInt32());
        await client.RefusedAsync(403, "InvalidDiskSize.TooSmall", "ResizeDisk", ("DiskId", disk), ("NewSize", "60"));
        await client.RefusedAsync(403, "InvalidDiskSize.TooLarge", "ResizeDisk", ("DiskId", disk), ("NewSize", "131072"));
        await client.RefusedAsync(400, "InvalidParam.Type", "ResizeDisk", ("DiskId", disk), ("NewSize", "80"), ("Type", "someday"));
        await client.OkAsync("CreateSnapshot", ("DiskId", disk));
        await client.RefusedAsync(403, "DiskCreatingSnapshot", "ResizeDisk", ("DiskId", disk), ("NewSize", "80"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM snapshot WHERE size_gib = 60"));
    }

    [Fact]
    public async Task A_stopped_instance_gets_another_image_on_a_new_system_disk()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await InstanceAsync(endpoint, client);
        var other = endpoint.AddImage(client, "other", static i => i with { SizeGiB = 50, OsName = "Other OS" }).Id;
        await client.RefusedAsync(403, "IncorrectInstanceStatus", "ReplaceSystemDisk", ("InstanceId", instance), ("ImageId", other));
        await StopAsync(endpoint, client, instance);
        await client.RefusedAsync(404, "InvalidSystemDiskSize.LessThanImageSize", "ReplaceSystemDisk", ("InstanceId", instance), ("ImageId", other), ("SystemDisk.Size", "40"));
        await client.RefusedAsync(404, "InvalidImageId.NotFound", "ReplaceSystemDisk", ("InstanceId", instance), ("ImageId", "m-none"));
        await client.RefusedAsync(400, "InvalidParameter.Conflict", "ReplaceSystemDisk", ("InstanceId", instance), ("ImageId", other), ("DiskId", "d-none"));
        var disk = (await client.OkAsync("ReplaceSystemDisk", ("InstanceId", instance), ("ImageId", other), ("SystemDisk.Size", "70"))).Text("DiskId");
        Tick(endpoint);
        var row = Assert.Single((await client.OkAsync("DescribeDisks", ("InstanceId", instance))).List("Disks"));
        Assert.Equal((disk, "system", 70, other), (row.GetProperty("DiskId").GetString(), row.GetProperty("Type").GetString(), row.GetProperty("Size").GetInt32(), row.GetProperty("ImageId").GetString()));
        var shown = Assert.Single((await client.OkAsync("DescribeInstances", ("ImageId", other))).List("Instances"));
        Assert.Equal("Other OS", shown.GetProperty("OSName").GetString());
    }

    [Fact]
    public async Task A_new_system_disk_is_not_smaller_than_the_one_before()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        var instance = (await client.OkAsync("CreateInstance", ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("SystemDisk.Size", "60"))).Text("InstanceId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        (string, string)[] call = [("InstanceId", instance), ("ImageId", image)];
        await client.RefusedAsync(404, "InvalidSystemDiskSize.LessThanMinSize", "ReplaceSystemDisk", [.. call, ("SystemDisk.Size", "59")]);
        await client.OkAsync("ReplaceSystemDisk", call);
        Assert.Equal(60, await SizeAsync());
        Tick(endpoint);
        await client.OkAsync("ReplaceSystemDisk", [.. call, ("SystemDisk.Size", "61")]);
        Assert.Equal(61, await SizeAsync());

        async Task<int> SizeAsync() => Assert.Single((await client.OkAsync("DescribeDisks", ("InstanceId", instance))).List("Disks")).GetProperty("Size").GetInt32();
    }

    [Fact]
    public async Task The_system_disk_comes_off_a_stopped_instance_which_does_not_start_without_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await InstanceAsync(endpoint, client);
        var disk = (await client.OkAsync("DescribeDisks", ("InstanceId", instance))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        await client.RefusedAsync(403, "IncorrectInstanceStatus", "DetachDisk", ("DiskId", disk), ("InstanceId", instance));
        await StopAsync(endpoint, client, instance);
        await client.OkAsync("DetachDisk", ("DiskId", disk), ("InstanceId", instance));
        Tick(endpoint);
        await client.RefusedAsync(403, "DiskError", "StartInstance", ("InstanceId", instance));
        await client.RefusedAsync(400, "InvalidDisk.DiskNotBootable", "AttachDisk", ("DiskId", disk), ("InstanceId", instance));
        await client.RefusedAsync(400, "InvalidParameter.AllEmpty", "AttachDisk", ("DiskId", disk), ("InstanceId", instance), ("Bootable", "true"));
        await client.OkAsync("AttachDisk", ("DiskId", disk), ("InstanceId", instance), ("Bootable", "true"), ("Password", "Correct-1"));
        Tick(endpoint);
        await client.OkAsync("StartInstance", ("InstanceId", instance));
    }

    [Theory]
    [InlineData(400, "MissingParameter", "ZoneId=cn-hangzhou-h")]
    [InlineData(400, "MissingParameter", "Size=20")]
    [InlineData(404, "InvalidZoneId.NotFound", "Size=20", "ZoneId=cn-beijing-a")]
    [InlineData(400, "InvalidDataDiskSize.ValueNotSupported", "Size=4", "ZoneId=cn-hangzhou-h")]
    [InlineData(400, "InvalidDiskCategory.NotSupported", "Size=20", "ZoneId=cn-hangzhou-h", "DiskCategory=tape")]
    [InlineData(400, "InvalidPerformanceLevel.Malformed", "Size=20", "ZoneId=cn-hangzhou-h", "PerformanceLevel=PL9")]
    [InlineData(404, "InvalidSnapshotId.NotFound", "ZoneId=cn-hangzhou-h", "SnapshotId=s-none")]
    [InlineData(400, "InvalidDiskName.Malformed", "Size=20", "ZoneId=cn-hangzhou-h", "DiskName=1")]
    [InlineData(403, "InvalidParameter.MultiAttach", "Size=20", "ZoneId=cn-hangzhou-h", "MultiAttach=Enabled")]
    [InlineData(404, "InvalidInstanceId.NotFound", "Size=20", "InstanceId=i-none")]
    public async Task A_disk_that_cannot_be_is_refused_by_its_code(int status, string code, params string[] parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RefusedAsync(status, code, "CreateDisk", [.. parameters.Select(static p => p.Split('=', 2)).Select(static p => (p[0], p[1]))]);
    }

    [Fact]
    public async Task A_disk_of_another_zone_or_another_account_is_not_attached()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var instance = await InstanceAsync(endpoint, client);
        var zone = (await client.OkAsync("DescribeZones", ("Verbose", "false"))).List("Zones").Select(static z => z.GetProperty("ZoneId").GetString()!).First(static z => z != "cn-hangzhou-h");
        var far = (await client.OkAsync("CreateDisk", ("ZoneId", zone), ("Size", "20"))).Text("DiskId");
        var foreign = (await guest.OkAsync("CreateDisk", ("ZoneId", "cn-hangzhou-h"), ("Size", "20"))).Text("DiskId");
        Tick(endpoint);
        await client.RefusedAsync(403, "InvalidInstance.ZoneConflict", "AttachDisk", ("DiskId", far), ("InstanceId", instance));
        await client.RefusedAsync(404, "InvalidDiskId.NotFound", "AttachDisk", ("DiskId", foreign), ("InstanceId", instance));
        await guest.RefusedAsync(404, "InvalidInstanceId.NotFound", "AttachDisk", ("DiskId", foreign), ("InstanceId", instance));
    }

    private static async Task<string> InstanceAsync(TestEndpoint endpoint, TestClient client)
    {
        var id = await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("ZoneId", "cn-hangzhou-h"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        return id;
    }

    private static async Task StopAsync(TestEndpoint endpoint, TestClient client, string instance)
    {
        await client.OkAsync("StopInstance", ("InstanceId", instance));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    private static void Tick(TestEndpoint endpoint) => endpoint.Clock.Advance(TimeSpan.FromMilliseconds(500));

    private static async Task<JsonElement> RowAsync(TestClient client, string id) => Assert.Single((await client.OkAsync("DescribeDisks", ("DiskIds", $"[\"{id}\"]"))).List("Disks"));

    private static async Task<string?> StatusAsync(TestClient client, string id) => (await RowAsync(client, id)).GetProperty("Status").GetString();
}
