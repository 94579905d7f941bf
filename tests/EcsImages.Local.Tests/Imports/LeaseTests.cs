using EcsImages.Core;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;
using EcsImages.Local.Tests.Contents;
using EcsImages.Local.Work;

namespace EcsImages.Local.Tests.Imports;

public sealed class LeaseTests
{
    [TheoryWithTools("qemu-img")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_another_living_process_is_at_is_left_to_it_and_shows_how_far_it_is(bool dies)
    {
        using var files = new DiskFile();
        await using var world = await ImportWorld.StartAsync();
        using var database = Database.Open(new LocalEndpointOptions { Path = world.Endpoint.Folder, Clock = world.Endpoint.Clock });
        var folder = new ContentFolder(Path.Combine(world.Endpoint.Folder, "blobs"));
        await world.PutAsync("disk.qcow2", await File.ReadAllBytesAsync(files.Convert(files.Raw(), "qcow2")));
        // The other process takes it before anyone here looks: its call is committed, its lease too.
        string image, task;
        using var other = ContentOwner.Open(folder);
        (image, task) = await world.ImportAsync("disk.qcow2", ("DiskDeviceMapping.1.Format", "QCOW2"), ("DiskDeviceMapping.1.DiskImageSize", "90"));
        await world.QuietAsync();
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM byte_work"));
        var key = Reopen(world, image, task, other.Name);

        world.Endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("10%", (await world.TaskAsync(task)).Text("TaskProcess"));
        world.Endpoint.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal("30%", (await world.TaskAsync(task)).Text("TaskProcess"));
        Assert.Equal("30%", (await world.Client.ShowAsync(image)).GetProperty("Progress").GetString());
        world.Endpoint.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(("Processing", "Creating"), (await world.TaskStatusAsync(task), await world.Client.StatusAsync(image)));
        await world.QuietAsync();
        Assert.Equal(1, world.Endpoint.Count($"SELECT count(*) FROM byte_work WHERE key = {key} AND owner = '{other.Name}'"));
        if (!dies)
        {
            await world.Client.OkAsync("CancelTask", ("TaskId", task));
            Assert.Equal(("Cancelled", "30%"), ((await world.TaskAsync(task)).Text("TaskStatus"), (await world.TaskAsync(task)).Text("TaskProcess")));
            return;
        }
        other.Dispose();
        // The poll that finds the lease free has it taken over.
        await world.TaskStatusAsync(task);
        await world.QuietAsync();
        Assert.Equal(("Finished", "Available"), (await world.TaskStatusAsync(task), await world.Client.StatusAsync(image)));
        world.AssertTidy();
    }

    [TheoryWithTools("qemu-img")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_export_leaves_nothing(bool whenTheBytesAreThere)
    {
        using var files = new DiskFile();
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("disk.qcow2", await File.ReadAllBytesAsync(files.Convert(files.Raw(), "qcow2")));
        var (image, _) = await world.ImportAsync("disk.qcow2", ("DiskDeviceMapping.1.Format", "QCOW2"));
        await world.FinishAsync();
        var before = world.Endpoint.Count("SELECT count(*) FROM content");
        var task = await world.ExportAsync(image);
        if (whenTheBytesAreThere) await world.QuietAsync();
        await world.Client.OkAsync("CancelTask", ("TaskId", task));
        await world.FinishAsync();
        Assert.Equal("Cancelled", await world.TaskStatusAsync(task));
        Assert.Equal(["disk.qcow2"], await world.KeysAsync());
        Assert.Equal(before, world.Endpoint.Count("SELECT count(*) FROM content"));
        world.AssertTidy();
        await world.Client.RefusedAsync(403, "InvalidTaskId.IncorrectTaskStatus", "CancelTask", ("TaskId", task));
        await world.Client.OkAsync("DeleteImage", ("ImageId", image));
    }

    [TheoryWithTools("qemu-img")]
    [InlineData("CancelTask")]
    [InlineData("Dispose")]
    public async Task A_cancelled_import_leaves_nothing_and_a_closed_endpoint_what_the_next_goes_on_with(string what)
    {
        using var files = new DiskFile();
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("disk.qcow2", await File.ReadAllBytesAsync(files.Convert(files.Raw(), "qcow2")));
        var second = await world.Endpoint.OpenAsync();
        using var client = await world.Endpoint.ClientAsync(endpoint: second);
        var answer = await client.OkAsync("ImportImage", ImportWorld.Disk("disk.qcow2", ("DiskDeviceMapping.1.Format", "QCOW2")));
        if (what == "Dispose") await second.DisposeAsync();
        else await client.OkAsync("CancelTask", ("TaskId", answer.Text("TaskId")));
        // Whoever asks has it moved on.
        await world.TaskStatusAsync(answer.Text("TaskId"));
        await world.QuietAsync(what == "Dispose" ? null : second);
        await world.FinishAsync();
        Assert.Equal(what == "Dispose" ? "Finished" : "Cancelled", await world.TaskStatusAsync(answer.Text("TaskId")));
        if (what == "Dispose") Assert.Equal("Available", await world.Client.StatusAsync(answer.Text("ImageId")));
        else Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM content"));
        world.AssertTidy();
    }

    // As if nothing had been done yet but for three tenths, by that owner.
    private static long Reopen(ImportWorld world, string image, string task, string owner)
    {
        var key = 0L;
        world.Endpoint.Arrange(s =>
        {
            var held = (long)ByteWork.Held.TotalMilliseconds;
            var source = s.Scalar<string>("SELECT content_id FROM oss_piece LIMIT 1");
            s.Execute("UPDATE task SET planned_ms = duration_ms, duration_ms = $held, bytes_percent = 30 WHERE id = $task", ("held", held), ("task", task));
            s.Execute("UPDATE image SET planned_ms = duration_ms, duration_ms = $held, ready_at = started_at + $held, bytes_percent = 30 WHERE id = $image", ("held", held), ("image", image));
            s.Execute("UPDATE image_disk SET content_id = NULL WHERE image = $image", ("image", image));
            ByteWorkRows.Insert(s, task, [new ByteWorkDisk(1, "/dev/xvda", "QCOW2", ImportWorld.BucketName, "disk.qcow2"u8.ToArray(), source, 1L << 30)]);
            key = s.Scalar<long>("SELECT key FROM byte_work");
            s.Execute("UPDATE byte_work SET owner = $owner", ("owner", owner));
        });
        return key;
    }
}
