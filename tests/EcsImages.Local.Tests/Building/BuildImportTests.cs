using EcsImages.Core.Tests.Disks.Inspection;
using EcsImages.Local.Tests.Contents;
using EcsImages.Local.Tests.Imports;
using EcsImages.PowerShell.Tests;
using static EcsImages.Local.Tests.Building.BuildWorld;

namespace EcsImages.Local.Tests.Building;

/// <summary>Pipelines whose base is an object in OSS, and what reading a real disk tells.</summary>
public sealed class BuildImportTests
{
    private const string Options = "ImportImageOptions.", Disk = Options + "DiskDeviceMappings.1.";

    [Theory]
    [InlineData("", "", "SUCCESS", false)]
    [InlineData("RetainNever", "", "SUCCESS", false)]
    [InlineData("RetainAlways", "", "SUCCESS", true)]
    [InlineData("RetainOnlySuccessful", "", "SUCCESS", true)]
    [InlineData("RetainOnlyFailed", "", "SUCCESS", false)]
    [InlineData("RetainNever", "ecs.g8y.large", "FAILED", false)]
    [InlineData("RetainAlways", "ecs.g8y.large", "FAILED", true)]
    [InlineData("RetainOnlySuccessful", "ecs.g8y.large", "FAILED", false)]
    [InlineData("RetainOnlyFailed", "ecs.g8y.large", "FAILED", true)]
    public async Task The_imported_image_stays_or_goes_by_the_strategy(string strategy, string type, string ending, bool stays)
    {
        await using var oss = await ImportWorld.StartAsync();
        var world = On(oss.Endpoint, oss.Client);
        await oss.PutAsync("disk.raw", ImportWorld.Bytes(5000));
        var row = await world.EndAsync(await world.BuildAsync(("BaseImageType", "OSS"), (Disk + "OSSBucket", ImportWorld.BucketName), (Disk + "OSSObject", "disk.raw"), (Disk + "Format", "RAW"),
            (Options + "ImageName", "imported"), (Options + "Platform", "Debian"), (Options + "Description", "From a file."), (Options + "Features.NvmeSupport", "supported"),
            (Options + "ImportImageTags.1.Key", "from"), (Options + "ImportImageTags.1.Value", "oss"), (Options + "RetentionStrategy", strategy), ("InstanceType", type)));
        AssertStatus(ending, row);
        var images = await world.ImagesAsync();
        Assert.Equal((stays ? 1 : 0) + (ending == "SUCCESS" ? 1 : 0), images.Length);
        if (stays)
        {
            var imported = images.Single(static i => Text(i, "ImageName") == "imported");
            Assert.Equal(("Debian", "From a file.", "supported"), (Text(imported, "Platform"), Text(imported, "Description"), Text(imported.GetProperty("Features"), "NvmeSupport")));
            Assert.Equal("""{"Tag":[{"TagKey":"from","TagValue":"oss"}]}""", imported.GetProperty("Tags").GetRawText());
        }
        world.AssertTidy();
        // Each image has its snapshot; nothing else has one.
        Assert.Equal(images.Length, world.Endpoint.Count("SELECT count(*) FROM snapshot"));
    }

    [Fact]
    public async Task The_built_disk_has_the_bytes_of_the_object()
    {
        await using var oss = await ImportWorld.StartAsync();
        var world = On(oss.Endpoint, oss.Client);
        var bytes = ImportWorld.Bytes(5000);
        await oss.PutAsync("disk.raw", bytes);
        var row = await world.EndAsync(await world.BuildAsync(("BaseImageType", "OSS"), (Disk + "OSSBucket", ImportWorld.BucketName), (Disk + "OSSObject", "disk.raw"), (Options + "OSType", "linux")));
        Assert.Equal(bytes, await oss.ReadAsync(Text(row, "ImageId"), "/dev/xvda", 0, bytes.Length));
    }

    [Fact]
    public async Task An_object_that_is_no_such_disk_fails_the_execution_with_the_reason()
    {
        await using var oss = await ImportWorld.StartAsync();
        var world = On(oss.Endpoint, oss.Client);
        await oss.PutAsync("disk.qcow2", ImportWorld.Bytes(5000));
        var row = await world.EndAsync(await world.BuildAsync(("BaseImageType", "OSS"), (Disk + "OSSBucket", ImportWorld.BucketName), (Disk + "OSSObject", "disk.qcow2"), (Disk + "Format", "QCOW2")));
        Assert.Equal(("FAILED", "ImportImageFailed"), (Text(row, "Status"), Text(row, "ErrorCode")));
        Assert.Contains("is said to be QCOW2", Text(row, "ErrorInfo"), StringComparison.Ordinal);
        Assert.Contains("PREPARING: ", Text(row, "Message"), StringComparison.Ordinal);
        Assert.Empty(await world.ImagesAsync());
        world.AssertTidy();
    }

    [Fact]
    public async Task An_import_that_somebody_cancels_or_that_is_cancelled_with_the_execution_ends_it()
    {
        await using var oss = await ImportWorld.StartAsync();
        var world = On(oss.Endpoint, oss.Client);
        await oss.PutAsync("disk.raw", ImportWorld.Bytes(5000));
        var pipeline = await world.PipelineAsync(("BaseImageType", "OSS"), (Disk + "OSSBucket", ImportWorld.BucketName), (Disk + "OSSObject", "disk.raw"), (Options + "RetentionStrategy", "RetainAlways"));
        var first = await world.StartPipelineAsync(pipeline);
        var task = Text(Assert.Single((await world.Client.OkAsync("DescribeTasks")).List("TaskSet")), "TaskId");
        await world.Client.OkAsync("CancelTask", ("TaskId", task));
        AssertStatus("FAILED", await world.EndAsync(first));
        var second = await world.StartPipelineAsync(pipeline);
        await world.Client.OkAsync("CancelImagePipelineExecution", ("ExecutionId", second));
        AssertStatus("CANCELLED", await world.EndAsync(second));
        Assert.Empty(await world.ImagesAsync());
        world.AssertTidy();
    }

    [Theory]
    [InlineData(404, "InvalidImagePipeline.OSSObjectNotFound", "no-such-bucket", "disk.raw", true)]
    [InlineData(404, "InvalidImagePipeline.OSSObjectNotFound", ImportWorld.BucketName, "other.raw", true)]
    [InlineData(403, "InvalidOperation.NoRightAccessOSS", ImportWorld.BucketName, "disk.raw", false)]
    public async Task An_object_that_cannot_be_read_is_refused_when_it_starts(int status, string code, string bucket, string name, bool hasRole)
    {
        await using var oss = await ImportWorld.StartAsync();
        var world = On(oss.Endpoint, oss.Client);
        await oss.PutAsync("disk.raw", ImportWorld.Bytes(5000));
        if (!hasRole) world.Endpoint.Arrange(static s => s.Execute("DELETE FROM ram_role"));
        var pipeline = await world.PipelineAsync(("BaseImageType", "OSS"), (Disk + "OSSBucket", bucket), (Disk + "OSSObject", name));
        await world.Client.RefusedAsync(status, code, "StartImagePipelineExecution", ("ImagePipelineId", pipeline));
        Assert.Empty(await world.ImagesAsync());
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy", "qemu-img")]
    [InlineData("", "qcow2", "supported", "nothing wrong")]
    [InlineData("", "raw", "supported", "nothing wrong")]
    [InlineData("fstab", "raw", "supported", "Fstab.Invalid (High)")]
    [InlineData("cloud-init", "raw", "supported", "CloudInit.NotInstalled (Medium)")]
    public async Task A_real_disk_is_read_for_repair_and_check_and_NVMe(string wrong, string format, string nvme, string found)
    {
        using var workshop = new DiskWorkshop();
        await using var oss = await ImportWorld.StartAsync();
        var world = On(oss.Endpoint, oss.Client);
        var disk = UbuntuDisk.Make(workshop, wrong);
        if (format != "raw") DiskFile.Ok("convert", ["-f", "raw", "-O", format, disk, disk += "." + format]);
        await oss.PutAsync("disk.img", await File.ReadAllBytesAsync(disk));
        var id = await world.BuildAsync(("BaseImageType", "OSS"), (Disk + "OSSBucket", ImportWorld.BucketName), (Disk + "OSSObject", "disk.img"), (Options + "Platform", "Ubuntu"),
            ("RepairMode", "Customized"), ("RepairItem.1", "GUESTOS.Fstab"), ("RepairItem.2", "CloudInit"), ("RepairItem.3", "Dhcp"), ("ImageOptions.ImageFeatures.NvmeSupport", "auto"));
        await oss.QuietAsync();
        var row = await world.EndAsync(id);
        AssertStatus("SUCCESS", row);
        var message = Text(row, "Message");
        Assert.Contains(found, message, StringComparison.Ordinal);
        Assert.Contains(wrong == "fstab" ? "Fstab: Fstab.Invalid, not repaired." : "Fstab: nothing to repair.", message, StringComparison.Ordinal);
        Assert.Contains(wrong == "cloud-init" ? "CloudInit: CloudInit.NotInstalled, not repaired." : "CloudInit: nothing to repair.", message, StringComparison.Ordinal);
        Assert.Contains("The disk does not tell about Dhcp.", message, StringComparison.Ordinal);
        var image = await world.Client.ShowAsync(Text(row, "ImageId"));
        Assert.Equal(nvme, Text(image.GetProperty("Features"), "NvmeSupport"));
        var items = image.GetProperty("DetectionOptions").GetProperty("Items").GetProperty("Item").EnumerateArray().ToDictionary(static i => Text(i, "Name"));
        Assert.Equal("Finished", Text(image.GetProperty("DetectionOptions"), "Status"));
        Assert.Equal(("24.04", "x86_64", "Ubuntu"), (Text(items["GUESTOS.OSVersion"], "Value"), Text(items["GUESTOS.Architecture"], "Value"), Text(items["GUESTOS.Platform"], "Value")));
        Assert.Equal(wrong == "fstab" ? "Fstab.Invalid" : null, items["GUESTOS.Fstab"].TryGetProperty("RiskCode", out var code) ? code.GetString() : null);
        Assert.Contains("""{"TagKey":"acs:ecs:image:osVersion","TagValue":"24.04"}""", image.GetProperty("Tags").GetRawText(), StringComparison.Ordinal);
        // What only a running system tells has no result.
        Assert.DoesNotContain("GUESTOS.Dhcp", items.Keys);
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("virtio", "High", "Virtio.NotInstalled")]
    public async Task An_import_that_asks_for_the_check_shows_it_once_the_image_is_there(string wrong, string level, string code)
    {
        using var workshop = new DiskWorkshop();
        await using var oss = await ImportWorld.StartAsync();
        await oss.PutAsync("disk.img", await File.ReadAllBytesAsync(UbuntuDisk.Make(workshop, wrong)));
        var (image, _) = await oss.ImportAsync("disk.img", ("DetectionStrategy", "Standard"), ("Platform", "Ubuntu"));
        Assert.Equal("""{"Status":"Processing"}""", (await oss.Client.ShowAsync(image)).GetProperty("DetectionOptions").GetRawText());
        await oss.FinishAsync();
        var shown = (await oss.Client.ShowAsync(image)).GetProperty("DetectionOptions");
        Assert.Equal("Finished", Text(shown, "Status"));
        var item = shown.GetProperty("Items").GetProperty("Item").EnumerateArray().Single(static i => Text(i, "Name") == "GUESTOS.Virtio");
        Assert.Equal((level, code), (Text(item, "RiskLevel"), Text(item, "RiskCode")));
        // Nobody asked for that of this one.
        var (plain, _) = await oss.ImportAsync("disk.img", ("ImageName", "plain"));
        await oss.FinishAsync();
        Assert.False((await oss.Client.ShowAsync(plain)).TryGetProperty("DetectionOptions", out _));
    }
}
