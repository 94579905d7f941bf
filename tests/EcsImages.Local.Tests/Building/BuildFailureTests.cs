using EcsImages.Local.Store;
using static EcsImages.Local.Tests.Building.BuildWorld;

namespace EcsImages.Local.Tests.Building;

/// <summary>Each stage is made to fail: the execution says where and why, and leaves nothing that its options say to delete.</summary>
public sealed class BuildFailureTests
{
    [Fact]
    public async Task A_base_that_is_gone_before_the_launch_fails_it()
    {
        await using var world = await BuildWorld.StartAsync();
        var image = world.AddBase();
        var id = await world.BuildAsync(("BaseImageType", "IMAGE"), ("BaseImage", image.Id));
        await world.Client.OkAsync("DeleteImage", ("ImageId", image.Id));
        await FailsAsync(world, id, "FAILED", "PREPARING", "InvalidImageId.NotFound");
        Assert.Empty(await world.ImagesAsync());
        world.AssertTidy();
    }

    [Theory]
    [InlineData("InstanceType", "ecs.g8y.large", "InvalidInstanceType.NotSupported")]
    [InlineData("SystemDiskSize", "39", "InvalidSystemDiskSize.LessThanImageSize")]
    public async Task A_launch_that_is_refused_fails_it(string parameter, string value, string code)
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync((parameter, value), ("DeleteInstanceOnFailure", "false"));
        await FailsAsync(world, id, "FAILED", "PREPARING", code);
        // There is no instance that could be kept.
        world.AssertTidy();
    }

    [Theory]
    [InlineData("PREPARING", true)]
    [InlineData("PREPARING", false)]
    [InlineData("REPAIRING", true)]
    [InlineData("REPAIRING", false)]
    public async Task An_instance_that_somebody_stops_fails_the_stage_that_needs_it(string status, bool deletes)
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync(("RepairMode", "Standard"), ("DeleteInstanceOnFailure", deletes ? "true" : "false"));
        await world.UntilAsync(id, status);
        world.Advance(0.7);
        var instance = Assert.Single(await world.InstancesAsync());
        world.Endpoint.Arrange(s => s.Execute("UPDATE instance SET passing = 'Stopping', outcome = 'Stopped', started_at = $now, duration_ms = 0", ("now", s.Now.Milliseconds())));
        await FailsAsync(world, id, "FAILED", status, "IncorrectInstanceStatus");
        await AssertKeptAsync(world, id, instance, deletes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_that_cannot_be_created_fails_it(bool deletes)
    {
        await using var world = await BuildWorld.StartAsync();
        (string, string)[] named = [("ImageOptions.ImageName", "built"), ("AdvancedOptions.ImageNameSuffix", "disable")];
        var id = await world.BuildAsync([.. named, ("DeleteInstanceOnFailure", deletes ? "true" : "false")]);
        var other = world.Endpoint.AddImage(world.Client, "built");
        // What shows before is refused before.
        await world.Client.RefusedAsync(400, "InvalidImageName.Duplicated", "CreateImagePipeline", [("BaseImageType", "IMAGE"), ("BaseImage", other.Id), .. named]);
        await world.UntilAsync(id, "BUILDING");
        var instance = Assert.Single(await world.InstancesAsync());
        await FailsAsync(world, id, "FAILED", "BUILDING", "InvalidImageName.Duplicated");
        Assert.Equal(2, (await world.ImagesAsync()).Length);
        await AssertKeptAsync(world, id, instance, deletes);
    }

    [Fact]
    public async Task An_instance_that_is_gone_or_comes_up_again_fails_the_build()
    {
        await using var world = await BuildWorld.StartAsync();
        var gone = await world.BuildAsync();
        await world.UntilAsync(gone, "BUILDING");
        await world.Client.OkAsync("DeleteInstance", ("InstanceId", Assert.Single(await world.InstancesAsync())), ("Force", "true"));
        var row = await FailsAsync(world, gone, "FAILED", "BUILDING", "InvalidInstanceId.NotFound");
        Assert.Contains("was gone already", row, StringComparison.Ordinal);
        world.AssertTidy();
        var again = await world.BuildAsync();
        await world.UntilAsync(again, "BUILDING");
        world.Endpoint.Arrange(static s => s.Execute("UPDATE instance SET outcome = 'Running'"));
        await FailsAsync(world, again, "FAILED", "BUILDING", "IncorrectInstanceStatus");
        world.AssertTidy();
    }

    [Fact]
    public async Task An_image_that_somebody_deletes_while_it_is_created_fails_it()
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync();
        await world.Client.OkAsync("DeleteImage", ("ImageId", await world.BegunImageAsync(id)));
        await FailsAsync(world, id, "FAILED", "BUILDING", "InvalidImageId.NotFound");
        world.AssertTidy();
        Assert.Single(await world.ImagesAsync());
    }

    [Fact]
    public async Task A_test_instance_that_does_not_stay_up_fails_the_test_and_the_image_stays()
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync(("TestContent", "RUN true"), ("ToRegionId.1", "cn-beijing"), ("DeleteInstanceOnFailure", "false"));
        await world.UntilAsync(id, "TESTING");
        world.Advance(0.5);
        world.Endpoint.Arrange(static s => s.Execute("UPDATE instance SET outcome = 'Stopped' WHERE outcome = 'Running'"));
        await FailsAsync(world, id, "TEST_FAILED", "TESTING", "IncorrectInstanceStatus");
        Assert.Equal("Available", await world.Client.StatusAsync(Text(await world.ShowAsync(id), "ImageId")));
        Assert.Empty(await world.ImagesAsync("cn-beijing"));
        // The image was built: what is kept on failure is for a build that failed.
        world.AssertTidy();
    }

    [Fact]
    public async Task A_test_instance_that_cannot_be_launched_fails_the_test()
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync(("TestContent", "RUN true"), ("InstanceType", "ecs.g7.large"), ("ImageOptions.ImageFeatures.NvmeSupport", "unsupported"));
        await world.BegunImageAsync(id);
        world.Endpoint.Arrange(static s => s.Execute("UPDATE image SET architecture = 'arm64' WHERE source_instance IS NOT NULL"));
        await FailsAsync(world, id, "TEST_FAILED", "TESTING", "InvalidInstanceType.NotSupported");
        world.AssertTidy();
    }

    [Fact]
    public async Task Targets_that_fail_leave_a_partial_success_with_the_reasons()
    {
        await using var world = await BuildWorld.StartAsync();
        using var guest = await world.Endpoint.ClientAsync("guest");
        world.Endpoint.AddImage(world.Client, "built", static i => i with { Id = Ids.Image("cn-beijing"), RegionId = "cn-beijing" });
        var id = await world.BuildAsync(("ImageOptions.ImageName", "built"), ("AdvancedOptions.ImageNameSuffix", "disable"),
            ("ToRegionId.1", "cn-beijing"), ("ToRegionId.2", "cn-shanghai"), ("AddAccount.1", "1999999999999999"), ("AddAccount.2", guest.Account.AccountId));
        var row = await world.EndAsync(id);
        Assert.Equal(("PARTITION_SUCCESS", "InvalidImageName.Duplicated"), (Text(row, "Status"), Text(row, "ErrorCode")));
        var message = Text(row, "Message");
        Assert.Contains("The copy into cn-beijing failed. InvalidImageName.Duplicated", message, StringComparison.Ordinal);
        Assert.Contains("with 1999999999999999 failed. InvalidAccount.NotFound", message, StringComparison.Ordinal);
        Assert.Equal(2, (await guest.OkAsync("DescribeImages", ("ImageOwnerAlias", "others"))).TotalCount + (await guest.OkAsync("DescribeImages", ("RegionId", "cn-shanghai"), ("ImageOwnerAlias", "others"))).TotalCount);
        world.AssertTidy();
    }

    [Fact]
    public async Task A_copy_that_somebody_cancels_leaves_a_partial_success()
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync(("ToRegionId.1", "cn-beijing"));
        await world.UntilAsync(id, "DISTRIBUTING");
        await world.Client.OkAsync("CancelCopyImage", ("RegionId", "cn-beijing"), ("ImageId", Text(Assert.Single(await world.ImagesAsync("cn-beijing")), "ImageId")));
        var row = await world.EndAsync(id);
        Assert.Equal(("PARTITION_SUCCESS", "InvalidImageId.NotFound"), (Text(row, "Status"), Text(row, "ErrorCode")));
    }

    [Fact]
    public async Task What_cannot_be_taken_away_is_named()
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync();
        await world.UntilAsync(id, "BUILDING");
        var instance = Assert.Single(await world.InstancesAsync());
        await world.Client.OkAsync("ModifyInstanceAttribute", ("InstanceId", instance), ("DeletionProtection", "true"));
        world.Endpoint.Arrange(static s => s.Execute("UPDATE instance SET deletion_protection = 1"));
        var row = await world.EndAsync(id);
        AssertStatus("SUCCESS", row);
        Assert.Contains($"The instance {instance} stays: ", Text(row, "Message"), StringComparison.Ordinal);
        Assert.Contains("stays: an instance is in it", Text(row, "Message"), StringComparison.Ordinal);
    }

    private static async Task<string> FailsAsync(BuildWorld world, string id, string ending, string where, string code)
    {
        var row = await world.EndAsync(id);
        Assert.Equal((ending, code), (Text(row, "Status"), Text(row, "ErrorCode")));
        Assert.NotEmpty(Text(row, "ErrorInfo"));
        var line = Assert.Single(Text(row, "Message").Split('\n'), static l => l.Contains("Failed. ", StringComparison.Ordinal));
        Assert.StartsWith($"{where}: ", line, StringComparison.Ordinal);
        Assert.Contains($"Failed. {code}: ", line, StringComparison.Ordinal);
        return Text(row, "Message");
    }

    private static async Task AssertKeptAsync(BuildWorld world, string id, string instance, bool deletes)
    {
        if (deletes)
        {
            world.AssertTidy();
            return;
        }
        Assert.Equal([instance], await world.InstancesAsync());
        Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM vpc WHERE is_default = 0"));
        Assert.Contains($"The instance {instance} is kept", Text(await world.ShowAsync(id), "Message"), StringComparison.Ordinal);
    }
}
