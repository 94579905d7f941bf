using static EcsImages.Local.Tests.Building.BuildWorld;

namespace EcsImages.Local.Tests.Building;

public sealed class BuildCancelTests
{
    [Theory]
    [InlineData(0.0, "PREPARING")]
    [InlineData(0.31, "PREPARING")]
    [InlineData(1.2, "PREPARING")]
    [InlineData(1.5, "REPAIRING")]
    [InlineData(2.5, "BUILDING")]
    [InlineData(3.5, "BUILDING")]
    public async Task What_is_cancelled_cleans_up_and_is_cancelled(double after, string status)
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync(("RepairMode", "Standard"), ("DeleteInstanceOnFailure", "false"));
        world.Advance(after);
        Assert.Equal(status, await world.StatusAsync(id));
        await world.Client.OkAsync("CancelImagePipelineExecution", ("ExecutionId", id));
        Assert.Equal("CANCELLING", await world.StatusAsync(id));
        await world.Client.RefusedAsync(403, "InvalidStatus.ImagePipelineExecution", "CancelImagePipelineExecution", ("ExecutionId", id));
        var row = await world.EndAsync(id);
        Assert.Equal(("CANCELLED", ""), (Text(row, "Status"), Text(row, "ImageId")));
        Assert.Contains("CANCELLING: It was cancelled.", Text(row, "Message"), StringComparison.Ordinal);
        Assert.Single(await world.ImagesAsync());
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM snapshot"));
        world.AssertTidy();
        await world.Client.RefusedAsync(400, "InvalidStatus.CancelFailed", "CancelImagePipelineExecution", ("ExecutionId", id));
    }

    [Theory]
    [InlineData("TESTING")]
    [InlineData("DISTRIBUTING")]
    [InlineData("RELEASING")]
    public async Task What_is_built_is_not_cancelled_any_more(string status)
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync(("TestContent", "RUN true"));
        await world.UntilAsync(id, status);
        await world.Client.RefusedAsync(403, "InvalidStatus.ImagePipelineExecution", "CancelImagePipelineExecution", ("ExecutionId", id));
        AssertStatus("SUCCESS", await world.EndAsync(id));
        await world.Client.RefusedAsync(400, "InvalidStatus.CancelFailed", "CancelImagePipelineExecution", ("ExecutionId", id));
    }

    [Fact]
    public async Task An_execution_that_is_unknown_or_anothers_is_not_found()
    {
        await using var world = await BuildWorld.StartAsync();
        using var guest = await world.Endpoint.ClientAsync("guest");
        var id = await world.BuildAsync();
        await guest.RefusedAsync(404, "InvalidImagePipelineExecution.NotFound", "CancelImagePipelineExecution", ("ExecutionId", id));
        await world.Client.RefusedAsync(404, "InvalidImagePipelineExecution.NotFound", "CancelImagePipelineExecution", ("RegionId", "cn-beijing"), ("ExecutionId", id));
        Assert.Equal(0, (await guest.OkAsync("DescribeImagePipelineExecutions", ("ExecutionId", id))).TotalCount);
    }
}
