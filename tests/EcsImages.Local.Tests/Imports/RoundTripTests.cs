using EcsImages.Core.Disks.Packages;
using EcsImages.Core.Files;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.Local.Tests.Imports;

public sealed class RoundTripTests
{
    private const string Abroad = "us-west-1";

    [TheoryWithTools("qemu-img")]
    [InlineData("QCOW2", "qcow2", "qcow2")]
    [InlineData("QCOW2", "qcow2", "vhd", "-c")]
    [InlineData("QCOW2", "qcow2", "vmdk", "-c", "-o", "compression_type=zstd")]
    [InlineData("VHD", "vpc", "vmdk", "-o", "subformat=dynamic,force_size=on")]
    [InlineData("VHD", "vpc", "vdi", "-o", "subformat=fixed,force_size=on")]
    [InlineData("VMDK", "vmdk", "qcow2", "-o", "subformat=streamOptimized")]
    [InlineData("-", "vmdk", "qcow2", "-o", "subformat=monolithicSparse")]
    [InlineData("-", "qcow2", "qcow2", "-o", "compat=0.10")]
    public async Task What_went_in_comes_out_in_every_format(string said, string from, string to, params string[] options)
    {
        using var files = new DiskFile();
        // A fixed one is uploaded with all its zeros.
        var isFixed = options.Length > 0 && options[^1].Contains("fixed", StringComparison.Ordinal);
        var raw = files.Raw(sizeMiB: isFixed ? 100 : 1024);
        await using var world = await ImportWorld.StartAsync(Abroad);
        await world.PutAsync("disk.img", await File.ReadAllBytesAsync(files.Convert(raw, from, options)));
        var (image, task) = await world.ImportAsync("disk.img", ("DiskDeviceMapping.1.Format", said));
        await world.FinishAsync();
        Assert.Equal("Finished", await world.TaskStatusAsync(task));
        // Sparse: each place in a piece of its own, and nothing between them.
        Assert.Equal(isFixed ? 2 : 5, world.Endpoint.Count("SELECT count(*) FROM content_part WHERE content_id = (SELECT content_id FROM image_disk)"));
        var export = await world.ExportAsync(image, ("OSSPrefix", "Out"), ("ImageFormat", to));
        await world.FinishAsync();
        Assert.Equal("Finished", await world.TaskStatusAsync(export));
        var file = Path.Combine(files.Folder, "out");
        await world.DownloadAsync($"Out_{image}_system.{to}", file);
        DiskFile.AssertEqual(raw, file, to == "vhd" ? "vpc" : to);
        if (to is "qcow2" or "vdi") DiskFile.Ok("check", "-f", to, file);
        world.AssertTidy();
    }

    [TheoryWithTools("qemu-img", "tar")]
    [InlineData("raw")]
    public async Task A_raw_export_is_a_tar_gz_and_data_disks_are_files_of_their_own(string format)
    {
        using var files = new DiskFile();
        var (system, data) = (files.Raw(), files.Raw(2));
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("system.qcow2", await File.ReadAllBytesAsync(files.Convert(system, "qcow2")));
        await world.PutAsync("data.vhd", await File.ReadAllBytesAsync(files.Convert(data, "vpc", "-o", "force_size=on")));
        var (image, _) = await world.ImportAsync("system.qcow2", ("DiskDeviceMapping.1.Format", "-"),
            ("DiskDeviceMapping.2.OSSBucket", ImportWorld.BucketName), ("DiskDeviceMapping.2.OSSObject", "data.vhd"));
        await world.FinishAsync();
        Assert.Equal("Available", await world.Client.StatusAsync(image));
        var task = await world.ExportAsync(image, ("ImageFormat", format));
        // All at once, when the task ends: not as soon as their bytes are there.
        await world.QuietAsync();
        string[] given = ["data.vhd", "system.qcow2"];
        Assert.Equal(given, await world.KeysAsync());
        Assert.Equal("Processing", await world.TaskStatusAsync(task));
        await world.FinishAsync();
        string[] made = [$"{image}_data_xvdb.raw.tar.gz", $"{image}_system.raw.tar.gz"];
        Assert.Equal(given.Concat(made).Order(StringComparer.Ordinal), await world.KeysAsync());
        Assert.Equal(made.Order(StringComparer.Ordinal), (await world.TaskAsync(task)).List("OperationProgressSet")
            .SelectMany(static p => p.GetProperty("RelatedItemSet").GetProperty("RelatedItem").EnumerateArray())
            .Where(static i => i.GetProperty("Name").GetString() == "OSSObject").Select(static i => i.GetProperty("Value").GetString()!).Order(StringComparer.Ordinal));
        foreach (var key in made) await world.DownloadAsync(key, Path.Combine(files.Folder, key));
        var archive = Path.Combine(files.Folder, made[0]);
        Assert.Equal(0, Tool.Run("tar", "-xzf", archive, "-C", files.Folder).ExitCode);
        DiskFile.AssertEqual(data, archive[..^".tar.gz".Length], "raw");
        await AssertUnpacksAsync(Path.Combine(files.Folder, made[1]), system);
        world.AssertTidy();
    }

    [TheoryWithTools("qemu-img")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_imported_disk_serves_an_instance_and_goes_with_the_last_that_needs_it(bool deletesObjectFirst)
    {
        using var files = new DiskFile();
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("disk.qcow2", await File.ReadAllBytesAsync(files.Convert(files.Raw(), "qcow2")));
        var (image, _) = await world.ImportAsync("disk.qcow2", ("DiskDeviceMapping.1.Format", "QCOW2"));
        if (deletesObjectFirst) Assert.Equal(204, (await world.Oss.SendAsync("DELETE", "disk.qcow2")).Status);
        await world.FinishAsync();
        var instance = await world.Client.RunAsync(("ImageId", image), ("SystemDisk.Size", "40"));
        world.Endpoint.Clock.Advance(TimeSpan.FromHours(1));
        await world.Client.OkAsync("DeleteInstance", ("InstanceId", instance), ("Force", "true"));
        var snapshot = (await world.Client.ShowAsync(image)).GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping")[0].GetProperty("SnapshotId").GetString()!;
        await world.Client.OkAsync("DeleteImage", ("ImageId", image));
        await world.Client.OkAsync("DeleteSnapshot", ("SnapshotId", snapshot));
        if (!deletesObjectFirst) Assert.Equal(204, (await world.Oss.SendAsync("DELETE", "disk.qcow2")).Status);
        Assert.Empty(Directory.GetFiles(Path.Combine(world.Endpoint.Folder, "blobs"), "c-*"));
    }

    // As the module itself takes it out.
    private static async Task AssertUnpacksAsync(string archive, string raw)
    {
        await using var source = FileSource.Open(archive);
        Assert.Equal(PackageKind.TarGzip, await DiskPackage.DetectAsync(source, CancellationToken.None));
        var path = archive[..^".tar.gz".Length];
        await using (var sink = FileSink.Create(path))
            Assert.Equal(Path.GetFileName(path), await DiskPackage.UnpackAsync(source, PackageKind.TarGzip, sink, 1L << 31, null, CancellationToken.None));
        DiskFile.AssertEqual(raw, path, "raw");
    }
}
