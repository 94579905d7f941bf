using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class CreateImageTests
{
    [Fact]
    public async Task An_image_of_an_instance_inherits_its_image_and_holds_a_snapshot_of_each_disk()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var origin = endpoint.AddImage(client, "origin", static i => i with
        {
            OsType = "windows",
            OsName = "Windows Server 2022",
            Platform = "Windows Server 2022",
            BootMode = "UEFI",
            Nvme = "supported",
            Imds = "v2",
        });
        var instance = endpoint.AddInstance(client, origin.Id, withData: true);
        var id = await client.CreateAsync(("InstanceId", instance), ("ImageName", "web-1"), ("Description", "the web"), ("ImageFamily", "web"),
            ("Tag.1.Key", "env"), ("Tag.1.Value", "prod"));
        var image = await client.ShowAsync(id);
        Assert.Equal(("web-1", "the web", "web", "Windows Server 2022", "windows", "UEFI", 40), (Text(image, "ImageName"), Text(image, "Description"),
            Text(image, "ImageFamily"), Text(image, "Platform"), Text(image, "OSType"), Text(image, "BootMode"), image.GetProperty("Size").GetInt32()));
        Assert.Equal(("supported", "v2"), (Text(image.GetProperty("Features"), "NvmeSupport"), Text(image.GetProperty("Features"), "ImdsSupport")));
        Assert.Equal("prod", Text(Assert.Single(image.GetProperty("Tags").GetProperty("Tag").EnumerateArray()), "TagValue"));
        var disks = Disks(image);
        Assert.Equal([("/dev/xvda", "system", "40"), ("/dev/xvdb", "data", "100")], disks.Select(static d => (Text(d, "Device"), Text(d, "Type"), Text(d, "Size"))));
        foreach (var (disk, content) in disks.Zip(["content-system", "content-data"]))
            Assert.Equal(1, endpoint.Count("SELECT count(*) FROM snapshot s JOIN image_disk d ON d.snapshot = s.id WHERE s.id = $id AND s.content_id = $content AND d.content_id = $content",
                ("id", Text(disk, "SnapshotId")), ("content", content)));
    }

    [Fact]
    public async Task A_fresh_image_is_hidden_until_the_clock_makes_it_available()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.CreateAsync(("SnapshotId", endpoint.AddSnapshot(client, "system", 40)));
        Assert.Equal(0, (await client.OkAsync("DescribeImages", ("ImageId", id))).TotalCount);
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(500));
        var half = await client.ShowAsync(id);
        Assert.Equal(("Creating", "50%", id), (Text(half, "Status"), Text(half, "Progress"), Text(half, "ImageName")));
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(500));
        var ready = Assert.Single((await client.OkAsync("DescribeImages", ("ImageId", id))).Images);
        Assert.Equal(("Available", "100%"), (Text(ready, "Status"), Text(ready, "Progress")));
    }

    [Fact]
    public async Task An_instance_comes_before_a_mapping_and_a_mapping_before_a_snapshot()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (small, large) = (endpoint.AddSnapshot(client, "system", 50), endpoint.AddSnapshot(client, "system", 60));
        var instance = endpoint.AddInstance(client, "gone");
        (string, string)[] all = [("SnapshotId", small), ("DiskDeviceMapping.1.SnapshotId", large), ("InstanceId", instance)];
        Assert.Equal(40, (await client.ShowAsync(await client.CreateAsync(all))).GetProperty("Size").GetInt32());
        Assert.Equal(60, (await client.ShowAsync(await client.CreateAsync(all[..2]))).GetProperty("Size").GetInt32());
        Assert.Equal(50, (await client.ShowAsync(await client.CreateAsync(all[..1]))).GetProperty("Size").GetInt32());
    }

    [Fact]
    public async Task A_mapping_fills_in_devices_and_sizes()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.CreateAsync(
            ("DiskDeviceMapping.1.SnapshotId", endpoint.AddSnapshot(client, "data", 30)), ("DiskDeviceMapping.1.Size", "35"),
            ("DiskDeviceMapping.2.SnapshotId", endpoint.AddSnapshot(client, "system", 40)), ("DiskDeviceMapping.3.Device", "/dev/xvdb"));
        Assert.Equal([("/dev/xvda", "40"), ("/dev/xvdb", "20"), ("/dev/xvdc", "35")],
            Disks(await client.ShowAsync(id)).Select(static d => (Text(d, "Device"), Text(d, "Size"))));
    }

    [Fact]
    public async Task A_data_disk_becomes_a_system_disk_when_told_to_with_its_platform()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.CreateAsync(("DiskDeviceMapping.1.SnapshotId", endpoint.AddSnapshot(client, "data", 30)), ("DiskDeviceMapping.1.DiskType", "system"),
            ("Platform", "Ubuntu"), ("Architecture", "arm64"));
        var image = await client.ShowAsync(id);
        Assert.Equal(("Ubuntu", "arm64", "UEFI"), (Text(image, "Platform"), Text(image, "Architecture"), Text(image, "BootMode")));
    }

    [Theory]
    [InlineData("ImageName=a", 400, "InvalidImageName.Malformed")]
    [InlineData("ImageName=1web", 400, "InvalidImageName.Malformed")]
    [InlineData("ImageName=aliyun-web", 400, "InvalidImageName.Malformed")]
    [InlineData("ImageName=acs:web", 400, "InvalidImageName.Malformed")]
    [InlineData("ImageName=my web", 400, "InvalidImageName.Malformed")]
    [InlineData("ImageName=taken", 400, "InvalidImageName.Duplicated")]
    [InlineData("Description=http://x", 400, "InvalidDescription.Malformed")]
    [InlineData("Description=x", 400, "InvalidDescription.Malformed")]
    [InlineData("ImageFamily=acs:x", 400, "InvalidImageFamily.Malformed")]
    [InlineData("Tag.1.Key=acs:x", 400, "InvalidTagKey.Malformed")]
    [InlineData("Tag.1.Value=x", 400, "InvalidTagKey.Malformed")]
    [InlineData("Tag.1.Key=k&Tag.1.Value=https://x", 400, "InvalidTagValue.Malformed")]
    [InlineData("Tag.1.Key=k&Tag.2.Key=k", 400, "Duplicate.TagKey")]
    [InlineData("Architecture=sparc", 400, "InvalidArchitecture.Malformed")]
    [InlineData("Platform=BeOS", 400, "InvalidPlatform.Malformed")]
    [InlineData("BootMode=Legacy", 400, "InvalidBootMode.NotSupport")]
    [InlineData("Architecture=arm64&BootMode=BIOS", 400, "InvalidBootMode.NotSupport")]
    [InlineData("Features.ImdsSupport=v3", 400, "InvalidParameter.FeaturesImdsSupport")]
    [InlineData("ImageVersion=1.0.0-12345678901234567890123456789012345", 400, "InvalidImageVersion.Malformed")]
    [InlineData("ResourceGroupId=none", 404, "InvalidResourceGroup.NotFound")]
    [InlineData("SnapshotId=s-none", 404, "InvalidSnapshotId.NotFound")]
    [InlineData("InstanceId=i-none", 404, "InvalidInstanceId.NotFound")]
    [InlineData("DryRun=true", 400, "DryRunOperation")]
    [InlineData("RegionId=xx-none", 404, "InvalidRegionId.NotFound")]
    public async Task A_wrong_parameter_has_the_services_code_and_makes_nothing(string query, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImage(client, "taken");
        var given = query.Split('&').Select(static p => p.Split('=', 2)).ToDictionary(static p => p[0], static p => p[1]);
        given.TryAdd("SnapshotId", endpoint.AddSnapshot(client, "system", 40));
        await client.RefusedAsync(status, code, "CreateImage", [.. given.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM image"));
    }

    [Fact]
    public async Task A_source_that_cannot_be_used_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var other = await endpoint.ClientAsync("other");
        var data = endpoint.AddSnapshot(client, "data", 40);
        var system = endpoint.AddSnapshot(client, "system", 40);
        await client.RefusedAsync(400, "InvalidParameter.AllEmpty", "CreateImage");
        await client.RefusedAsync(400, "OperationDenied", "CreateImage", ("SnapshotId", data));
        await client.RefusedAsync(403, "InvalidSnapshotId.NotReady", "CreateImage", ("SnapshotId", endpoint.AddSnapshot(client, "system", 40, still: TimeSpan.FromMinutes(1))));
        await client.RefusedAsync(404, "InvalidSnapshotId.NotFound", "CreateImage", ("SnapshotId", endpoint.AddSnapshot(other, "system", 40)));
        await client.RefusedAsync(404, "InvalidInstanceId.NotFound", "CreateImage", ("InstanceId", endpoint.AddInstance(other, "x")));
        await client.RefusedAsync(400, "IncorrectInstanceStatus", "CreateImage", ("InstanceId", endpoint.AddInstance(client, "x", still: TimeSpan.FromMinutes(1))));
        await client.RefusedAsync(400, "OperationDenied", "CreateImage", ("DiskDeviceMapping.1.SnapshotId", data));
        await client.RefusedAsync(400, "OperationDenied", "CreateImage", ("DiskDeviceMapping.1.SnapshotId", system), ("DiskDeviceMapping.2.SnapshotId", system));
        (string, string) root = ("DiskDeviceMapping.1.SnapshotId", system);
        await client.RefusedAsync(400, "InvalidSize.ValueNotSupported", "CreateImage", root, ("DiskDeviceMapping.1.Size", "39"));
        await client.RefusedAsync(400, "InvalidSize.ValueNotSupported", "CreateImage", root, ("DiskDeviceMapping.2.Size", "4"));
        await client.RefusedAsync(400, "InvalidDevice.Malformed", "CreateImage", root, ("DiskDeviceMapping.1.Device", "/dev/xvdb"));
        await client.RefusedAsync(400, "InvalidDevice.Malformed", "CreateImage", root, ("DiskDeviceMapping.2.Device", "/dev/xvda"));
        await client.RefusedAsync(400, "InvalidDevice.InUse", "CreateImage", root, ("DiskDeviceMapping.2.Device", "/dev/xvdc"), ("DiskDeviceMapping.3.Device", "/dev/xvdc"));
        await client.RefusedAsync(400, "InvalidDiskType.ValueNotSupported", "CreateImage", root, ("DiskDeviceMapping.2.DiskType", "tape"));
    }

    [Fact]
    public async Task A_version_is_kept_unless_the_image_comes_of_the_Marketplace_and_has_one()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var own = endpoint.AddImage(client, "own").Id;
        var bought = endpoint.AddImage(client, "bought", static i => i with { ProductCode = "cmjj00001", Version = "2.1" }).Id;
        Assert.Equal("1.0", await VersionAsync(own, "1.0"));
        Assert.Equal("", await VersionAsync(own, ""));
        Assert.Equal("2.1", await VersionAsync(bought, ""));
        Assert.Equal("2.1", await VersionAsync(bought, "2.1"));
        await client.RefusedAsync(400, "InvalidImageVersion.Malformed", "CreateImage", ("SnapshotId", endpoint.AddSnapshot(client, "system", 40, bought)), ("ImageVersion", "1.0"));

        async Task<string?> VersionAsync(string source, string version) => Text(await client.ShowAsync(
            await client.CreateAsync(("SnapshotId", endpoint.AddSnapshot(client, "system", 40, source)), ("ImageVersion", version))), "ImageVersion");
    }

    [Fact]
    public async Task A_second_image_of_an_instance_waits_for_the_snapshots_of_the_first()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = endpoint.AddInstance(client, "x", outcome: "Stopped");
        await client.CreateAsync(("InstanceId", instance));
        await client.RefusedAsync(403, "IncorrectDiskStatus.CreatingSnapshot", "CreateImage", ("InstanceId", instance));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.CreateAsync(("InstanceId", instance));
    }

    [Fact]
    public async Task A_token_makes_one_image_and_refuses_another_call()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var snapshot = endpoint.AddSnapshot(client, "system", 40);
        (string, string)[] call = [("SnapshotId", snapshot), ("ImageName", "web"), ("ClientToken", "once")];
        Assert.Equal(await client.CreateAsync(call), await client.CreateAsync(call));
        await client.RefusedAsync(400, "IdempotenceParamNotMatch", "CreateImage", ("SnapshotId", snapshot), ("ImageName", "db"), ("ClientToken", "once"));
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM image"));
    }

    [Fact]
    public async Task The_hundred_and_first_image_and_the_twenty_first_tag_are_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var snapshot = endpoint.AddSnapshot(client, "system", 40);
        endpoint.AddImages(client, 99, static (i, n) => i with { Family = "full" });
        await client.RefusedAsync(403, "QuotaExceed.Tags", "CreateImage", [("SnapshotId", snapshot), .. Enumerable.Range(1, 21).Select(static n => ($"Tag.{n}.Key", $"k{n}"))]);
        await client.CreateAsync(("SnapshotId", snapshot), ("ImageFamily", "full"));
        await client.RefusedAsync(400, "ImageQuotaExceed.ImageFamily", "CreateImage", ("SnapshotId", snapshot), ("ImageFamily", "full"));
        await client.RefusedAsync(403, "QuotaExceed.Image", "CreateImage", ("SnapshotId", snapshot));
    }

    [Fact]
    public async Task The_hundred_and_first_family_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImages(client, 100, static (i, n) => i with { Family = $"family-{n}" });
        await client.RefusedAsync(400, "ImageFamilyQuotaExceed", "CreateImage", ("SnapshotId", endpoint.AddSnapshot(client, "system", 40)), ("ImageFamily", "one-more"));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static JsonElement[] Disks(JsonElement image) => [.. image.GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping").EnumerateArray()];
}
