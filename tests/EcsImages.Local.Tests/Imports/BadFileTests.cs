using EcsImages.Local.Tests.Contents;

namespace EcsImages.Local.Tests.Imports;

public sealed class BadFileTests
{
    [TheoryWithTools("qemu-img")]
    [InlineData("qcow2", false, "-c")]
    [InlineData("qcow2", false)]
    [InlineData("vmdk", true, "-o", "subformat=streamOptimized")]
    public async Task What_is_damaged_or_cut_off_fails_the_task_and_leaves_no_bytes(string format, bool flips, params string[] options)
    {
        using var files = new DiskFile();
        await using var world = await ImportWorld.StartAsync();
        var bytes = await File.ReadAllBytesAsync(files.Convert(files.Raw(), format, options));
        if (flips) bytes.AsSpan(bytes.Length / 2, 100_000).Fill(0x5A);
        else bytes = bytes[..(bytes.Length / 2)];
        await world.PutAsync("disk.img", bytes);
        var (image, task) = await world.ImportAsync("disk.img", ("DiskDeviceMapping.1.Format", "-"));
        await world.FinishAsync();
        var seen = await world.TaskAsync(task);
        Assert.Equal(("Failed", "CreateFailed"), (seen.Text("TaskStatus"), await world.Client.StatusAsync(image)));
        var part = seen.List("OperationProgressSet")[0];
        Assert.Equal(("Failed", "ImportImageFailed"), (part.GetProperty("OperationStatus").GetString(), part.GetProperty("ErrorCode").GetString()));
        Assert.Contains("import-bucket/disk.img", part.GetProperty("ErrorMsg").GetString());
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM snapshot"));
        world.AssertTidy();
        // The object's alone.
        Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM content"));
    }

    [TheoryWithTools("qemu-img")]
    [InlineData(403, "InvalidVHDImage.IncorrectSize", "vpc", "20M", "subformat=dynamic")]
    [InlineData(400, "InvalidImageSize", "qcow2", "2049G", "")]
    [InlineData(400, "InvalidImageSize", "qcow2", "3G", "", "2")]
    public async Task What_a_look_at_the_header_shows_is_refused_at_once(int status, string code, string format, string size, string options, string? asked = null)
    {
        using var files = new DiskFile();
        await using var world = await ImportWorld.StartAsync();
        var path = Path.Combine(files.Folder, "made.img");
        DiskFile.Ok("create", ["-f", format, .. options.Length > 0 ? ["-o", options] : Array.Empty<string>(), path, size]);
        await world.PutAsync("disk.img", await File.ReadAllBytesAsync(path));
        await world.RefusedAsync(status, code, ImportWorld.Disk("disk.img", ("DiskDeviceMapping.1.Format", "-"), ("DiskDeviceMapping.1.DiskImageSize", asked ?? "-")));
        Assert.Equal(0, world.Endpoint.Count("SELECT (SELECT count(*) FROM image) + (SELECT count(*) FROM byte_work)"));
    }

    [TheoryWithTools("qemu-img")]
    [InlineData("qcow2", "backing_fmt=raw")]
    [InlineData("vmdk", "subformat=monolithicFlat")]
    public async Task A_disk_that_lies_in_another_file_too_fails(string format, string options)
    {
        using var files = new DiskFile();
        await using var world = await ImportWorld.StartAsync();
        var path = Path.Combine(files.Folder, "made." + format);
        DiskFile.Ok("create", ["-f", format, .. format == "qcow2" ? ["-b", files.Raw(), "-F", "raw"] : new[] { "-o", options }, path, "1G"]);
        await world.PutAsync("disk.img", await File.ReadAllBytesAsync(path));
        var (image, _) = await world.ImportAsync("disk.img", ("DiskDeviceMapping.1.Format", "-"));
        await world.FinishAsync();
        Assert.Equal("CreateFailed", await world.Client.StatusAsync(image));
    }
}
