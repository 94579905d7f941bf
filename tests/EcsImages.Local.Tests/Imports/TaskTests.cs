using EcsImages.Local.Store;

namespace EcsImages.Local.Tests.Imports;

public sealed class TaskTests
{
    [Fact]
    public async Task A_task_goes_on_as_the_clock_does_and_so_does_its_image()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        // Eleven seconds.
        var (image, task) = await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "100"));
        world.Endpoint.Clock.Advance(TimeSpan.FromSeconds(5.5));
        var seen = await world.TaskAsync(task);
        Assert.Equal(("Processing", "50%", "ImportImage", "true", ""), (seen.Text("TaskStatus"), seen.Text("TaskProcess"), seen.Text("TaskAction"), seen.Text("SupportCancel"), seen.Text("FinishedTime")));
        Assert.Equal("50%", (await world.Client.ShowAsync(image)).GetProperty("Progress").GetString());
        Assert.Equal((1, 0, 0), (seen.TotalCount, seen.Body.GetProperty("SuccessCount").GetInt32(), seen.Body.GetProperty("FailedCount").GetInt32()));
        world.Endpoint.Clock.Advance(TimeSpan.FromSeconds(5.5));
        seen = await world.TaskAsync(task);
        Assert.Equal(("Finished", "100%", "2026-11-01T12:00Z", "2026-11-01T12:00Z"), (seen.Text("TaskStatus"), seen.Text("TaskProcess"), seen.Text("CreationTime"), seen.Text("FinishedTime")));
        Assert.Equal(1, seen.Body.GetProperty("SuccessCount").GetInt32());
        var items = seen.List("OperationProgressSet")[0].GetProperty("RelatedItemSet").GetProperty("RelatedItem").EnumerateArray().ToDictionary(static i => i.GetProperty("Name").GetString()!, static i => i.GetProperty("Value").GetString());
        Assert.Equal((ImportWorld.BucketName, "a.raw"), (items["OSSBucket"], items["OSSObject"]));
        Assert.Equal("Available", await world.Client.StatusAsync(image));
    }

    [Fact]
    public async Task Another_process_on_the_folder_finds_the_import_where_it_is()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        var (image, task) = await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "100"));
        world.Endpoint.Clock.Advance(TimeSpan.FromSeconds(5.5));
        using var other = await world.Endpoint.ClientAsync(endpoint: await world.Endpoint.OpenAsync());
        Assert.Equal("50%", (await other.OkAsync("DescribeTaskAttribute", ("TaskId", task))).Text("TaskProcess"));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Available", await other.StatusAsync(image));
    }

    [Fact]
    public async Task A_cancelled_import_leaves_a_task_and_no_image_nor_bytes()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(100_000));
        var (image, task) = await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "100"), ("Tag.1.Key", "env"));
        Assert.Equal(204, (await world.Oss.SendAsync("DELETE", "a.raw")).Status);
        world.Endpoint.Clock.Advance(TimeSpan.FromSeconds(5.5));
        await world.Client.OkAsync("CancelTask", ("TaskId", task));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(2));
        var seen = await world.TaskAsync(task);
        Assert.Equal(("Cancelled", "50%", "2026-11-01T12:00Z"), (seen.Text("TaskStatus"), seen.Text("TaskProcess"), seen.Text("FinishedTime")));
        Assert.Empty((await world.Client.OkAsync("DescribeImages", ("ImageId", image), ("Status", "ALL"))).Images);
        Assert.Equal(0, world.Endpoint.Count("SELECT (SELECT count(*) FROM snapshot) + (SELECT count(*) FROM tag) + (SELECT count(*) FROM content)"));
        Assert.Empty(Directory.GetFiles(Path.Combine(world.Endpoint.Folder, "blobs"), "c-*"));
        await world.Client.RefusedAsync(403, "InvalidTaskId.IncorrectTaskStatus", "CancelTask", ("TaskId", task));
    }

    [Fact]
    public async Task Only_own_tasks_that_are_under_way_and_can_be_cancelled_are()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        var (_, task) = await world.ImportAsync("a.raw");
        using var other = await world.Endpoint.ClientAsync("other");
        foreach (var operation in (string[])["CancelTask", "DescribeTaskAttribute"])
        {
            await world.Client.RefusedAsync(400, "MissingParameter", operation);
            await world.Client.RefusedAsync(400, "InvalidRegionId.NotFound", operation, ("RegionId", "cn-atlantis"), ("TaskId", task));
            await world.Client.RefusedAsync(400, "InvalidTaskId.NotFound", operation, ("TaskId", "t-missing"));
            await world.Client.RefusedAsync(400, "InvalidTaskId.NotFound", operation, ("RegionId", "cn-beijing"), ("TaskId", task));
            await other.RefusedAsync(400, "InvalidTaskId.NotFound", operation, ("TaskId", task));
        }
        var disk = AddTask(world, "ModifyDiskSpec");
        await world.Client.RefusedAsync(403, "InvalidTaskId.TaskActionNotSupport", "CancelTask", ("TaskId", disk));
        Assert.Equal("false", (await world.TaskAsync(disk)).Text("SupportCancel"));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Client.RefusedAsync(403, "InvalidTaskId.IncorrectTaskStatus", "CancelTask", ("TaskId", task));
    }

    [Fact]
    public async Task Tasks_are_listed_newest_first_in_pages_and_by_every_filter()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        var (firstImage, first) = await world.ImportAsync("a.raw");
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(10));
        var (_, second) = await world.ImportAsync("a.raw");
        var disk = AddTask(world, "ModifyDiskSpec", TimeSpan.FromSeconds(30));
        async Task<string[]> ListAsync(params (string, string)[] filter) =>
            [.. (await world.Client.OkAsync("DescribeTasks", filter)).List("TaskSet").Select(static t => t.GetProperty("TaskId").GetString()!)];

        Assert.Equal([disk, second, first], await ListAsync());
        Assert.Equal([first, second], (await ListAsync(("TaskIds", $"{first}, {second}"))).Order(Comparer<string>.Create((a, b) => a == first ? -1 : b == first ? 1 : 0)));
        Assert.Equal([first], await ListAsync(("ResourceIds.1", firstImage), ("ResourceIds.2", "m-missing")));
        Assert.Equal([disk], await ListAsync(("TaskAction", "ModifyDiskSpec")));
        Assert.Equal([first], await ListAsync(("TaskStatus", "Finished")));
        Assert.Equal([disk, second], await ListAsync(("TaskStatus", "Processing")));
        Assert.Empty(await ListAsync(("TaskStatus", "Failed")));
        // No filter, at the service either.
        Assert.Equal(3, (await ListAsync(("TaskStatus", "Waiting"))).Length);
        Assert.Equal([disk, second], await ListAsync(("StartTime", "2026-11-01T12:05:00Z")));
        Assert.Equal([first], await ListAsync(("EndTime", "2026-11-01T12:05Z")));
        Assert.Empty(await ListAsync(("TaskGroupId", "g-1")));
        Assert.Empty(await ListAsync(("RegionId", "cn-beijing")));
        var page = await world.Client.OkAsync("DescribeTasks", ("PageNumber", "2"), ("PageSize", "2"));
        Assert.Equal((3, 2, 2, "cn-hangzhou"), (page.TotalCount, page.Body.GetProperty("PageNumber").GetInt32(), page.Body.GetProperty("PageSize").GetInt32(), page.Text("RegionId")));
        var row = Assert.Single(page.List("TaskSet"));
        Assert.Equal((first, "Finished", firstImage, "ImportImage"), (row.GetProperty("TaskId").GetString(), row.GetProperty("TaskStatus").GetString(), row.GetProperty("ResourceId").GetString(), row.GetProperty("TaskAction").GetString()));
        Assert.Equal(("2026-11-01T12:00Z", "2026-11-01T12:00Z"), (row.GetProperty("CreationTime").GetString(), row.GetProperty("FinishedTime").GetString()));
        await world.Client.RefusedAsync(400, "InvalidParameter", "DescribeTasks", ("StartTime", "yesterday"));
        await world.Client.RefusedAsync(400, "InvalidParameter", "DescribeTasks", ("PageSize", "101"));
        await world.Client.RefusedAsync(400, "InvalidParameter", "DescribeTasks", ("TaskIds", string.Join(',', Enumerable.Range(0, 101).Select(static i => $"t-{i}"))));
    }

    private static string AddTask(ImportWorld world, string action, TimeSpan after = default)
    {
        var task = new TaskRow
        {
            Id = Ids.Task("cn-hangzhou"),
            Account = world.Client.Account.AccountId,
            RegionId = "cn-hangzhou",
            Action = action,
            Resource = "d-1",
            CreatedAt = world.Endpoint.Clock.Now + after,
            StartedAt = world.Endpoint.Clock.Now,
            Duration = TimeSpan.FromSeconds(60),
        };
        world.Endpoint.Arrange(s => task.Insert(s, []));
        return task.Id;
    }
}
