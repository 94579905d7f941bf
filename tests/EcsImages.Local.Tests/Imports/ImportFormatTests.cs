using System.Text;

namespace EcsImages.Local.Tests.Imports;

public sealed class ImportFormatTests
{
    /// <summary>A file of each format, as far as it tells what it is.</summary>
    private static byte[] File(string format)
    {
        var bytes = new byte[40_000];
        void At(int offset, string text) => Encoding.Latin1.GetBytes(text).CopyTo(bytes, offset);
        switch (format)
        {
            case "QCOW2": At(0, "QFI\u00FB"); break;
            case "VHD": At(0, "conectix"); break;
            case "fixed VHD": At(bytes.Length - 512, "conectix"); break;
            case "VHDX": At(0, "vhdxfile"); break;
            case "VMDK": At(0, "KDMV"); break;
            case "VDI": At(64, "\u007F\u0010\u00DA\u00BE"); break;
            case "GZIP": At(0, "\u001F\u008B\u0008"); break;
            case "ISO": At(32769, "CD001"); break;
            case "hybrid ISO": At(32769, "CD001"); At(510, "\u0055\u00AA"); break;
        }
        return bytes;
    }

    [Theory]
    [InlineData("QCOW2")]
    [InlineData("VHD")]
    [InlineData("fixed VHD")]
    [InlineData("VHDX")]
    [InlineData("VMDK")]
    [InlineData("VDI")]
    [InlineData("GZIP")]
    [InlineData("ISO")]
    public async Task What_is_no_raw_disk_fails_as_one_while_the_task_runs(string format)
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", File(format));
        var (image, task) = await world.ImportAsync("a.raw", ("ImageName", "web"));
        Assert.Equal(("Processing", "Creating"), (await world.TaskStatusAsync(task), await world.Client.StatusAsync(image)));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var seen = await world.TaskAsync(task);
        Assert.Equal(("Failed", "CreateFailed"), (seen.Text("TaskStatus"), await world.Client.StatusAsync(image)));
        Assert.Equal((0, 1), (seen.Body.GetProperty("SuccessCount").GetInt32(), seen.Body.GetProperty("FailedCount").GetInt32()));
        var part = seen.List("OperationProgressSet")[0];
        Assert.Equal(("Failed", "InvalidImageFormat.Malformed"), (part.GetProperty("OperationStatus").GetString(), part.GetProperty("ErrorCode").GetString()));
        Assert.Contains(format.Replace("fixed ", "", StringComparison.Ordinal), part.GetProperty("ErrorMsg").GetString());
        await world.Client.RefusedAsync(403, "InvalidTaskId.IncorrectTaskStatus", "CancelTask", ("TaskId", task));
        await world.Client.OkAsync("DeleteImage", ("ImageId", image));
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM snapshot"));
    }

    [Theory]
    [InlineData("raw", "RAW")]
    [InlineData("RAW", "hybrid ISO")]
    [InlineData("-", "RAW")]
    public async Task A_raw_disk_is_imported_whether_it_is_said_to_be_one_or_not(string said, string file)
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", File(file));
        var (image, _) = await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.Format", said));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("RAW", (await world.Client.ShowAsync(image)).GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping")[0].GetProperty("Format").GetString());
        Assert.Equal("Available", await world.Client.StatusAsync(image));
    }

    [Theory]
    [InlineData("QCOW2")]
    [InlineData("VHD")]
    [InlineData("VMDK")]
    public async Task What_is_said_to_be_a_format_and_is_not_fails(string said)
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", File("RAW"));
        var (image, _) = await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.Format", said));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CreateFailed", await world.Client.StatusAsync(image));
    }

    [Theory]
    [InlineData("QCOW2", "QCOW2")]
    [InlineData("VHD", "fixed VHD")]
    [InlineData("-", "QCOW2")]
    [InlineData("-", "VMDK")]
    public async Task What_has_the_header_of_its_format_and_nothing_behind_it_fails_while_the_task_runs(string said, string file)
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.img", File(file));
        var (image, task) = await world.ImportAsync("a.img", ("DiskDeviceMapping.1.Format", said));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(("CreateFailed", "Failed"), (await world.Client.StatusAsync(image), await world.TaskStatusAsync(task)));
    }

    [Fact]
    public async Task One_bad_disk_makes_the_whole_import_fail_and_the_task_tells_which()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("good.raw", File("RAW"));
        await world.PutAsync("bad.raw", File("QCOW2"));
        var (image, task) = await world.ImportAsync("good.raw", ("DiskDeviceMapping.2.OSSBucket", ImportWorld.BucketName), ("DiskDeviceMapping.2.OSSObject", "bad.raw"), ("DiskDeviceMapping.2.Format", "RAW"));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("CreateFailed", await world.Client.StatusAsync(image));
        Assert.Equal(["Success", "Failed"], (await world.TaskAsync(task)).List("OperationProgressSet").Select(static p => p.GetProperty("OperationStatus").GetString()!));
    }
}
