using EcsImages.Local.Tests.Contents;

namespace EcsImages.Local.Tests.Imports;

public sealed class KillTests
{
    private const string Region = "us-west-1";

    [TheoryWithTools("qemu-img", "cp")]
    [InlineData(1)]
    public async Task An_import_that_is_killed_anywhere_is_finished_once_by_whoever_opens_the_folder_next(int seed)
    {
        using var files = new DiskFile();
        var raw = files.Raw();
        var bytes = await File.ReadAllBytesAsync(files.Convert(raw, "qcow2"));
        foreach (var point in await PointsAsync(seed, files, bytes, ImportAsync))
        {
            await using var world = await KilledAsync(files, bytes, ImportAsync, point);
            await world.QuietAsync();
            await world.FinishAsync();
            var task = Assert.Single((await world.Client.OkAsync("DescribeTasks", ("RegionId", Region))).List("TaskSet"));
            Assert.Equal("Finished", task.GetProperty("TaskStatus").GetString());
            var image = Assert.Single((await world.Client.OkAsync("DescribeImages", ("RegionId", Region), ("ImageOwnerAlias", "self"), ("Status", "ALL"))).Images).GetProperty("ImageId").GetString()!;
            Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM snapshot WHERE content_id = (SELECT content_id FROM image_disk)"));
            await AssertDiskAsync(world, image, raw);
            world.AssertTidy();
        }
    }

    [TheoryWithTools("qemu-img", "cp")]
    [InlineData(2)]
    public async Task An_export_that_is_killed_anywhere_is_finished_once_by_whoever_opens_the_folder_next(int seed)
    {
        using var files = new DiskFile();
        var raw = files.Raw();
        var bytes = await File.ReadAllBytesAsync(files.Convert(raw, "qcow2"));
        foreach (var point in await PointsAsync(seed, files, bytes, ExportAsync))
        {
            await using var world = await KilledAsync(files, bytes, ExportAsync, point);
            Assert.Equal(["disk.qcow2"], await world.KeysAsync());
            await world.QuietAsync();
            await world.FinishAsync();
            var key = Assert.Single(await world.KeysAsync(), static k => k != "disk.qcow2");
            var file = Path.Combine(files.Folder, "out.vhd");
            await world.DownloadAsync(key, file);
            DiskFile.AssertEqual(raw, file, "vpc");
            Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM task WHERE action = 'ExportImage' AND outcome = 'Finished'"));
            world.AssertTidy();
            Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM oss_body WHERE id NOT IN (SELECT body FROM oss_object)"));
        }
    }

    private static Task ImportAsync(ImportWorld world, TestClient client, Action begin)
    {
        begin();
        return client.OkAsync("ImportImage", ImportWorld.Disk("disk.qcow2", ("RegionId", Region), ("DiskDeviceMapping.1.Format", "QCOW2")));
    }

    private static async Task ExportAsync(ImportWorld world, TestClient client, Action begin)
    {
        var (image, _) = await world.ImportAsync("disk.qcow2", ("DiskDeviceMapping.1.Format", "QCOW2"));
        await world.FinishAsync();
        // What the import still does is done.
        Assert.Equal("Available", (await client.OkAsync("DescribeImages", ("RegionId", Region), ("ImageId", image))).Images[0].GetProperty("Status").GetString());
        begin();
        await client.OkAsync("ExportImage", ("RegionId", Region), ("ImageId", image), ("OSSBucket", ImportWorld.BucketName), ("ImageFormat", "vhd"));
    }

    /// <summary>The first call of the work that is committed, the last, and some between them.</summary>
    private static async Task<int[]> PointsAsync(int seed, DiskFile files, byte[] bytes, Func<ImportWorld, TestClient, Action, Task> work)
    {
        var (accepted, all) = (0, 0);
        await RunAsync(files, bytes, work, 0, (a, b) => (accepted, all) = (a, b));
        var random = new Random(seed);
        return [accepted + 1, .. Enumerable.Range(0, 4).Select(_ => random.Next(accepted + 1, all + 1)), all];
    }

    private static async Task<ImportWorld> KilledAsync(DiskFile files, byte[] bytes, Func<ImportWorld, TestClient, Action, Task> work, int point)
    {
        var (folder, now) = await RunAsync(files, bytes, work, point, static (_, _) => { });
        return await ImportWorld.OnAsync(folder, Region, now);
    }

    private static async Task<(string Folder, DateTimeOffset Now)> RunAsync(DiskFile files, byte[] bytes, Func<ImportWorld, TestClient, Action, Task> work, int point, Action<int, int> counted)
    {
        await using var world = await ImportWorld.StartAsync(Region);
        await world.PutAsync("disk.qcow2", bytes);
        var copy = Path.Combine(files.Folder, Guid.NewGuid().ToString("N"));
        var clock = new KillingClock(world.Endpoint.Clock, world.Endpoint.Folder, copy);
        var endpoint = await world.Endpoint.OpenAsync(clock);
        using var client = await world.Endpoint.ClientAsync(endpoint: endpoint);
        await work(world, client, () =>
        {
            clock.Reset();
            clock.At = point;
        });
        var accepted = clock.Asked;
        await world.QuietAsync(endpoint);
        counted(accepted, clock.Asked);
        Assert.Equal(point > 0, Directory.Exists(copy));
        return (copy, world.Endpoint.Clock.Now);
    }

    private static async Task AssertDiskAsync(ImportWorld world, string image, string raw)
    {
        await using var file = File.OpenRead(raw);
        foreach (var (at, length) in ((long, int)[])[(0, 100_000), (70L << 20, 3_100_000), (300L << 20, 100_000), ((640L << 20) - 5, 10), (1023L << 20, 1 << 20)])
        {
            var expected = new byte[length];
            file.Position = at;
            await file.ReadExactlyAsync(expected);
            Assert.Equal(expected, await world.ReadAsync(image, "/dev/xvda", at, length));
        }
    }
}
