using System.Globalization;
using System.Text;

namespace EcsImages.Local.Tests.Imports;

public sealed class ImportImageTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task A_raw_object_becomes_an_image_of_the_size_asked_for_that_says_what_was_said_of_it()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("disks/web.raw", ImportWorld.Bytes(100_000));
        var (image, _) = await world.ImportAsync("disks/web.raw", ("ImageName", "web"), ("Description", "of a file"), ("DiskDeviceMapping.1.DiskImageSize", "40"),
            ("Platform", "Ubuntu"), ("OSType", "linux"), ("Architecture", "arm64"), ("Features.NvmeSupport", "supported"), ("Features.ImdsSupport", "v2"),
            ("ResourceGroupId", "rg-one"), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"));
        Assert.Equal("Creating", await world.Client.StatusAsync(image));
        world.Endpoint.Clock.Advance(Long);
        var shown = await world.Client.ShowAsync(image);
        string Text(string name) => shown.GetProperty(name).GetString()!;
        Assert.Equal(("Available", "100%", "web", "of a file"), (Text("Status"), Text("Progress"), Text("ImageName"), Text("Description")));
        Assert.Equal(("Ubuntu", "linux", "arm64", "UEFI", "rg-one"), (Text("Platform"), Text("OSType"), Text("Architecture"), Text("BootMode"), Text("ResourceGroupId")));
        Assert.Equal("Ubuntu  64 bit", Text("OSNameEn"));
        Assert.Equal(40, shown.GetProperty("Size").GetInt32());
        Assert.Equal(("supported", "v2"), (shown.GetProperty("Features").GetProperty("NvmeSupport").GetString(), shown.GetProperty("Features").GetProperty("ImdsSupport").GetString()));
        Assert.Equal("env", shown.GetProperty("Tags").GetProperty("Tag")[0].GetProperty("TagKey").GetString());
        var disk = shown.GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping")[0];
        Assert.Equal(("/dev/xvda", "system", "40", "RAW", "disks/web.raw"), (disk.GetProperty("Device").GetString(), disk.GetProperty("Type").GetString(),
            disk.GetProperty("Size").GetString(), disk.GetProperty("Format").GetString(), disk.GetProperty("ImportOSSObject").GetString()));
    }

    [Fact]
    public async Task The_snapshot_that_comes_with_an_image_has_failed_until_the_import_ends()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(100_000));
        await world.ImportAsync("a.raw");
        Assert.Equal(("failed", "0%", false, 0), await ShowAsync());
        Assert.Equal((0, 1), (await CountAsync("progressing"), await CountAsync("failed")));
        await world.FinishAsync();
        Assert.Equal(("accomplished", "100%", true, 0), await ShowAsync());

        async Task<(string?, string?, bool, int)> ShowAsync()
        {
            var snapshot = Assert.Single((await world.Client.OkAsync("DescribeSnapshots")).List("Snapshots"));
            return (snapshot.GetProperty("Status").GetString(), snapshot.GetProperty("Progress").GetString(), snapshot.GetProperty("Available").GetBoolean(), snapshot.GetProperty("RemainTime").GetInt32());
        }

        async Task<int> CountAsync(string status) => (await world.Client.OkAsync("DescribeSnapshots", ("Status", status))).TotalCount;
    }

    [Fact]
    public async Task A_windows_disk_brings_its_license_and_a_boot_mode()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        async Task<(string?, string?, string?, string?)> ShowAsync(params (string, string)[] more)
        {
            var shown = await world.Client.ShowAsync((await world.ImportAsync("a.raw", more)).Image);
            return (shown.GetProperty("OSType").GetString(), shown.GetProperty("Platform").GetString(), shown.GetProperty("BootMode").GetString(),
                shown.TryGetProperty("LicenseType", out var license) ? license.GetString() : null);
        }
        Assert.Equal(("windows", "Windows Server 2022", "UEFI", "BYOL"), await ShowAsync(("Platform", "Windows Server 2022"), ("LicenseType", "BYOL"), ("BootMode", "UEFI")));
        Assert.Equal(("windows", "Other Windows", "BIOS", "Aliyun"), await ShowAsync(("OSType", "windows")));
        Assert.Equal(("linux", "Others Linux", "BIOS", "Auto"), await ShowAsync(("LicenseType", "Auto")));
        Assert.Equal(("linux", "Others Linux", "BIOS", null), await ShowAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    [InlineData(3_000_001)]
    public async Task The_disk_has_the_bytes_of_the_object_and_zeros_behind_them_also_after_the_object_is_gone(int length)
    {
        await using var world = await ImportWorld.StartAsync();
        var bytes = ImportWorld.Bytes(length);
        await world.PutAsync("a.raw", bytes);
        var (image, _) = await world.ImportAsync("a.raw");
        Assert.Equal(204, (await world.Oss.SendAsync("DELETE", "a.raw")).Status);
        await world.Endpoint.Endpoint.DisposeAsync();
        Assert.Equal(bytes, await world.ReadAsync(image, "/dev/xvda", 0, length));
        Assert.All(await world.ReadAsync(image, "/dev/xvda", length, 5000), static b => Assert.Equal(0, b));
    }

    [Fact]
    public async Task An_object_uploaded_in_parts_is_shared_and_not_copied_and_its_pieces_go_with_the_last_that_needs_them()
    {
        await using var world = await ImportWorld.StartAsync();
        var parts = Enumerable.Range(0, 3).Select(i => ImportWorld.Bytes(i == 2 ? 50_000 : 1_200_000, i)).ToArray();
        await UploadAsync(world, "big.raw", parts);
        var files = Files(world);
        Assert.Equal(3, files.Length);
        var (image, _) = await world.ImportAsync("big.raw", ("ImageName", "big"));
        Assert.Equal(files, Files(world));
        world.Endpoint.Clock.Advance(Long);
        Assert.Equal(204, (await world.Oss.SendAsync("DELETE", "big.raw")).Status);
        Assert.Equal(files, Files(world));
        var whole = parts.SelectMany(static p => p).ToArray();
        Assert.Equal(whole, await world.ReadAsync(image, "/dev/xvda", 0, whole.Length));
        Assert.Equal(whole[1_100_000..2_440_000], await world.ReadAsync(image, "/dev/xvda", 1_100_000, 1_340_000));
        var instance = await world.Client.RunAsync(("ImageId", image), ("SystemDisk.Size", "40"));
        world.Endpoint.Clock.Advance(Long);
        await world.Client.OkAsync("DeleteInstance", ("InstanceId", instance), ("Force", "true"));
        Assert.Equal(files, Files(world));
        var snapshot = (await world.Client.ShowAsync(image)).GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping")[0].GetProperty("SnapshotId").GetString()!;
        await world.Client.OkAsync("DeleteImage", ("ImageId", image));
        await world.Client.OkAsync("DeleteSnapshot", ("SnapshotId", snapshot));
        Assert.Empty(Files(world));
    }

    [Fact]
    public async Task Data_disks_follow_the_system_disk_in_the_order_of_their_numbers()
    {
        await using var world = await ImportWorld.StartAsync();
        var data = ImportWorld.Bytes(70_000, 2);
        await world.PutAsync("system.raw", ImportWorld.Bytes(600));
        await world.PutAsync("data.raw", data);
        (string, string)[] more = [.. Enumerable.Range(2, 16).SelectMany(static n => ImportWorld.Disk("data.raw").Select(p => (p.Item1.Replace(".1.", $".{n}.", StringComparison.Ordinal), p.Item2)))];
        var (image, task) = await world.ImportAsync("system.raw", [.. more, ("DiskDeviceMapping.3.DiskImSize", "7")]);
        world.Endpoint.Clock.Advance(Long);
        var disks = (await world.Client.ShowAsync(image)).GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping").EnumerateArray().ToArray();
        Assert.Equal(Enumerable.Range('a', 17).Select(static c => $"/dev/xvd{(char)c}"), disks.Select(static d => d.GetProperty("Device").GetString()));
        Assert.Equal(("system", "data", "7"), (disks[0].GetProperty("Type").GetString(), disks[1].GetProperty("Type").GetString(), disks[2].GetProperty("Size").GetString()));
        Assert.Equal(data, await world.ReadAsync(image, "/dev/xvdq", 0, data.Length));
        Assert.Equal(17, (await world.TaskAsync(task)).Body.GetProperty("SuccessCount").GetInt32());
        var (longer, _) = await world.ImportAsync("system.raw", [.. more, ("DiskDeviceMapping.18.OSSBucket", "no-such-bucket"), ("DiskDeviceMapping.18.OSSObject", "o")]);
        Assert.Equal(17, (await world.Client.ShowAsync(longer)).GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping").GetArrayLength());
    }

    [Fact]
    public async Task A_machine_starts_from_an_imported_image_with_its_bytes()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(40_000));
        var (image, _) = await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "40"));
        await world.Client.RefusedAsync(403, "ImageIsImporting", "DeleteImage", ("ImageId", image));
        world.Endpoint.Clock.Advance(Long);
        var instance = await world.Client.RunAsync(("ImageId", image));
        Assert.Equal(1, world.Endpoint.Count(
            "SELECT count(*) FROM disk d JOIN image_disk i ON i.content_id = d.content_id WHERE d.instance = $instance AND i.image = $image", ("instance", instance), ("image", image)));
    }

    [Fact]
    public async Task A_size_is_asked_for_under_either_name_or_follows_from_the_object()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        async Task<int> SizeAsync(params (string, string)[] more) => (await world.Client.ShowAsync((await world.ImportAsync("a.raw", more)).Image)).GetProperty("Size").GetInt32();
        Assert.Equal(1, await SizeAsync());
        Assert.Equal(60, await SizeAsync(("DiskDeviceMapping.1.DiskImSize", "60")));
        Assert.Equal(70, await SizeAsync(("DiskDeviceMapping.1.DiskImageSize", "70"), ("DiskDeviceMapping.1.DiskImSize", "70")));
        await world.RefusedAsync(400, "InvalidParameter", ImportWorld.Disk("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "70"), ("DiskDeviceMapping.1.DiskImSize", "60")));
    }

    [Fact]
    public async Task The_same_client_token_makes_one_image()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        var first = await world.ImportAsync("a.raw", ("ClientToken", "once"));
        Assert.Equal(first, await world.ImportAsync("a.raw", ("ClientToken", "once")));
        await world.RefusedAsync(400, "IdempotentParameterMismatch", ImportWorld.Disk("a.raw", ("ClientToken", "once"), ("ImageName", "other")));
        Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM image"));
    }

    [Fact]
    public async Task A_dry_run_checks_everything_and_makes_nothing()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        await world.RefusedAsync(400, "DRYRUN.SUCCESS", ImportWorld.Disk("a.raw", ("DryRun", "true")));
        await world.RefusedAsync(400, "InvalidOSSObject.NotFound", ImportWorld.Disk("b.raw", ("DryRun", "true")));
        Assert.Equal(0, world.Endpoint.Count("SELECT (SELECT count(*) FROM image) + (SELECT count(*) FROM task) + (SELECT count(*) FROM content_part)"));
    }

    [Fact]
    public async Task Five_imports_run_at_once_and_a_cancelled_one_lets_the_next_begin()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        var imports = new List<(string Image, string Task)>();
        for (var i = 0; i < 6; i++) imports.Add(await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "100")));
        Assert.Equal(["Processing", "Processing", "Processing", "Processing", "Processing", "Waiting"], await Task.WhenAll(imports.Select(i => world.TaskStatusAsync(i.Task))));
        Assert.Equal("Waiting", await world.Client.StatusAsync(imports[5].Image));
        await world.Client.OkAsync("CancelTask", ("TaskId", imports[2].Task));
        Assert.Equal(("Processing", "Creating"), (await world.TaskStatusAsync(imports[5].Task), await world.Client.StatusAsync(imports[5].Image)));
        world.Endpoint.Clock.Advance(Long);
        Assert.Equal(("Finished", "Available"), (await world.TaskStatusAsync(imports[5].Task), await world.Client.StatusAsync(imports[5].Image)));
    }

    private static async Task UploadAsync(ImportWorld world, string key, byte[][] parts)
    {
        var id = (await world.Oss.SendAsync("POST", key, "uploads")).Xml.Element("UploadId")!.Value;
        var list = new StringBuilder("<CompleteMultipartUpload>");
        for (var i = 0; i < parts.Length; i++)
        {
            var part = await world.Oss.SendAsync("PUT", key, $"partNumber={i + 1}&uploadId={id}", parts[i]);
            list.Append(CultureInfo.InvariantCulture, $"<Part><PartNumber>{i + 1}</PartNumber><ETag>{part.Headers["ETag"]}</ETag></Part>");
        }
        Assert.Equal(200, (await world.Oss.PostXmlAsync(key, $"uploadId={id}", list.Append("</CompleteMultipartUpload>").ToString())).Status);
    }

    private static string[] Files(ImportWorld world) => [.. Directory.GetFiles(Path.Combine(world.Endpoint.Folder, "blobs"), "c-*").Order(StringComparer.Ordinal)];
}
