namespace EcsImages.Local.Tests.Coverage;

/// <summary>What is said of an image when it is made shows on it, and finds it.</summary>
public sealed class ImageParameterTests
{
    private const string Group = "rg-one";

    [Fact]
    public async Task Each_filter_of_images_finds_what_fits()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web", static i => i with { ResourceGroup = Group, Disks = [new("/dev/xvda", "system", 40, "s-own", "")] });
        await client.OkAsync("TagResources", ("ResourceType", "image"), ("ResourceId.1", image.Id), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"));
        await Filters.HoldAsync(client, "DescribeImages", static a => a.TotalCount,
            new("ResourceGroupId", Group, "rg-other"),
            new("SnapshotId", "s-own", "s-other"),
            new("IsSupportIoOptimized", "true", "false"),
            new("ActionType", "ChangeOS", null));
        await HoldAsync(1, ("Tag.1.Key", "env"), ("Tag.1.Value", "test"));
        await HoldAsync(0, ("Tag.1.Key", "env"), ("Tag.1.Value", "live"));
        await HoldAsync(1, ("ImageOwnerAlias", "self"), ("Status", "Available"), ("Usable", "true"));
        await HoldAsync(0, ("ImageOwnerAlias", "self"), ("Status", "Available"), ("Usable", "false"));
        await HoldAsync(1, ("ImageOwnerAlias", "self"), ("Filter.1.Key", "NetworkType"), ("Filter.1.Value", "vpc"));
        await HoldAsync(0, ("ImageOwnerAlias", "self"), ("Filter.1.Key", "CpuOnlineUpgrade"), ("Filter.1.Value", "supported"));
        await HoldAsync(0, ("ImageOwnerAlias", "others"), ("ImageOwnerId", "1234567890123456"));

        async Task HoldAsync(int count, params (string, string)[] asked) => Assert.Equal(count, (await client.OkAsync("DescribeImages", asked)).TotalCount);
    }

    [Fact]
    public async Task What_CreateImage_is_told_shows_on_the_image()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var snapshot = endpoint.AddSnapshot(client, "system", 40);
        var id = await client.CreateAsync(("SnapshotId", snapshot), ("ImageName", "web"), ("BootMode", "UEFI"), ("DetectionStrategy", "Standard"),
            ("Features.ImdsSupport", "v2"), ("ResourceGroupId", Group), ("SecureBootOptions.SecureBootSupport", "supported"));
        var image = await client.ShowAsync(id);
        Assert.Equal(("UEFI", "v2", Group, "supported"), (image.GetProperty("BootMode").GetString(), image.GetProperty("Features").GetProperty("ImdsSupport").GetString(),
            image.GetProperty("ResourceGroupId").GetString(), image.GetProperty("SecureBootOptions").GetProperty("SecureBootSupport").GetString()));
    }

    [Fact]
    public async Task What_CopyImage_is_told_shows_on_the_copy()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.CopyAsync(endpoint.AddImage(client, "web"), "cn-beijing", ("ResourceGroupId", Group), ("Encrypted", "true"), ("EncryptAlgorithm", "AES-256"),
            ("Tag.1.Key", "env"), ("Tag.1.Value", "test"));
        var copy = await client.ShowAsync(id, "cn-beijing");
        var tag = copy.GetProperty("Tags").GetProperty("Tag")[0];
        Assert.Equal((Group, "env", "test"), (copy.GetProperty("ResourceGroupId").GetString(), tag.GetProperty("TagKey").GetString(), tag.GetProperty("TagValue").GetString()));
    }

    [Fact]
    public async Task A_stop_by_force_is_sooner_done()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        var (gently, forced) = (await client.RunAsync(("ImageId", image)), await client.RunAsync(("ImageId", image)));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.OkAsync("StopInstance", ("InstanceId", gently), ("Hibernate", "false"));
        await client.OkAsync("StopInstance", ("InstanceId", forced), ("ForceStop", "true"));
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(500));
        var stopped = (await client.OkAsync("DescribeInstances", ("Status", "Stopped"))).List("Instances");
        Assert.Equal(forced, Assert.Single(stopped).GetProperty("InstanceId").GetString());
    }

    [Fact]
    public async Task A_dry_run_of_an_instance_changes_nothing()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.OkAsync("StopInstance", ("InstanceId", id));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (var operation in (string[])["StartInstance", "DeleteInstance"])
            Assert.Equal("DRYRUN.SUCCESS", (await client.EcsAsync(operation, ("InstanceId", id), ("DryRun", "true"))).Code);
        Assert.Equal(1, (await client.OkAsync("DescribeInstances", ("Status", "Stopped"))).TotalCount);
    }

    [Fact]
    public async Task Families_of_a_generation_are_told_apart()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var families = (await client.OkAsync("DescribeInstanceTypeFamilies", ("Generation", "ecs-6"))).List("InstanceTypeFamilies");
        Assert.NotEmpty(families);
        Assert.All(families, static f => Assert.Equal("ecs-6", f.GetProperty("Generation").GetString()));
    }
}
