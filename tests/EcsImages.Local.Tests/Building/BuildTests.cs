using System.Text.Json;
using static EcsImages.Local.Tests.Building.BuildWorld;

namespace EcsImages.Local.Tests.Building;

public sealed class BuildTests
{
    [Fact]
    public async Task An_execution_goes_through_its_states_and_leaves_an_image_and_nothing_else()
    {
        await using var world = await BuildWorld.StartAsync();
        var source = world.AddBase(static i => i with { Nvme = "supported", OsNameEn = "Ours 1" });
        var pipeline = await world.PipelineAsync(("BaseImageType", "IMAGE"), ("BaseImage", source.Id), ("BuildContent", "RUN yum update -y\nRUN hunter2\nRESTART"), ("TestContent", "RUN true"),
            ("RepairMode", "Standard"), ("ImageOptions.ImageName", "built"), ("ImageOptions.ImageFamily", "ours"), ("ImageOptions.Description", "It is ours."),
            ("ImageOptions.ImageTags.1.Key", "team"), ("ImageOptions.ImageTags.1.Value", "web"), ("ToRegionId.1", "cn-hangzhou"), ("ToRegionId.2", "cn-beijing"), ("ResourceGroupId", "rg-1"));
        var id = await world.StartPipelineAsync(pipeline, ("Tag.1.Key", "run"), ("Tag.1.Value", "first"));
        Assert.StartsWith("exec-", id, StringComparison.Ordinal);
        var seen = new List<string>();
        for (var i = 0; i < 200 && seen.LastOrDefault() is not "SUCCESS"; i++)
        {
            if (await world.StatusAsync(id) is var status && status != seen.LastOrDefault()) seen.Add(status);
            world.Advance(0.1);
        }
        Assert.Equal(["PREPARING", "REPAIRING", "BUILDING", "TESTING", "DISTRIBUTING", "RELEASING", "SUCCESS"], seen);
        var row = await world.ShowAsync(id);
        Assert.Equal((pipeline, "rg-1", "2026-11-01T12:00:00Z"), (Text(row, "ImagePipelineId"), Text(row, "ResourceGroupId"), Text(row, "CreationTime")));
        Assert.Equal("""{"Tag":[{"TagKey":"run","TagValue":"first"}]}""", row.GetProperty("Tags").GetRawText());
        Assert.False(row.TryGetProperty("ErrorCode", out _));
        // A line for each state that did something, without the words of any command.
        Assert.Equal(seen[..^1], Text(row, "Message").Split('\n').Select(static l => l.Split(':')[0]));
        Assert.Contains("which does not run: 2 RUN, RESTART.", Text(row, "Message"), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Text(row, "Message"), StringComparison.Ordinal);

        var image = await world.Client.ShowAsync(Text(row, "ImageId"));
        Assert.Equal(($"built_{id}", "ours", "It is ours.", "Available", "Ours 1", "rg-1"),
            (Text(image, "ImageName"), Text(image, "ImageFamily"), Text(image, "Description"), Text(image, "Status"), Text(image, "OSNameEn"), Text(image, "ResourceGroupId")));
        Assert.Equal("supported", Text(image.GetProperty("Features"), "NvmeSupport"));
        Assert.Equal("""{"Tag":[{"TagKey":"team","TagValue":"web"}]}""", image.GetProperty("Tags").GetRawText());
        Assert.Equal(1, world.Endpoint.Count("SELECT count(*) FROM image WHERE id = $id AND source_image = $source AND source_instance LIKE 'i-%'", ("id", Text(row, "ImageId")), ("source", source.Id)));
        var copy = Assert.Single(await world.ImagesAsync("cn-beijing"));
        Assert.Equal(($"built_{id}", "Available", true), (Text(copy, "ImageName"), Text(copy, "Status"), copy.GetProperty("IsCopied").GetBoolean()));
        Assert.Equal("""{"Tag":[{"TagKey":"team","TagValue":"web"}]}""", copy.GetProperty("Tags").GetRawText());
        Assert.Equal(2, (await world.ImagesAsync()).Length);
        world.AssertTidy();
    }

    [Fact]
    public async Task A_pipeline_with_nothing_but_a_base_goes_through_the_states_that_it_has()
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync();
        var row = await world.EndAsync(id);
        AssertStatus("SUCCESS", row);
        Assert.Equal(["PREPARING", "BUILDING", "DISTRIBUTING", "RELEASING"], Text(row, "Message").Split('\n').Select(static l => l.Split(':')[0]));
        Assert.Equal(id, Text(await world.Client.ShowAsync(Text(row, "ImageId")), "ImageName"));
    }

    [Fact]
    public async Task The_newest_of_a_family_is_taken_when_it_starts()
    {
        await using var world = await BuildWorld.StartAsync();
        var pipeline = await world.PipelineAsync(("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", "acs:ubuntu_24_04_x64"));
        var first = await world.EndAsync(await world.StartPipelineAsync(pipeline));
        AssertStatus("SUCCESS", first);
        Assert.StartsWith("ubuntu_24_04", Source(world, first), StringComparison.Ordinal);
        // Its disk is real: a partition table and file systems, no system.
        Assert.Contains("nothing wrong in 2 items", Text(first, "Message"), StringComparison.Ordinal);

        world.Endpoint.AddImage(world.Client, "old", static i => i with { Family = "ours" });
        var ours = await world.PipelineAsync(("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", "ours"));
        world.Advance(60);
        var newest = world.Endpoint.AddImage(world.Client, "new", static i => i with { Family = "ours" });
        Assert.Equal(newest.Id, Source(world, await world.EndAsync(await world.StartPipelineAsync(ours))));
    }

    [Fact]
    public async Task Whoever_looks_late_finds_the_same_as_who_looked_all_along()
    {
        var times = new List<string>();
        foreach (var step in (double[])[0.05, 3600])
        {
            await using var world = await BuildWorld.StartAsync();
            var start = world.Endpoint.Clock.Now;
            var id = await world.BuildAsync(("TestContent", "RUN true"), ("ToRegionId.1", "cn-beijing"));
            for (var i = 0; i < 400 && await world.StatusAsync(id) != "SUCCESS"; i++) world.Advance(step);
            long Milliseconds(string column, string table) => world.Endpoint.Count($"SELECT {column} FROM {table} LIMIT 1") - start.ToUnixTimeMilliseconds();
            times.Add($"{Milliseconds("modified_at", "image_pipeline_execution")} {Milliseconds("created_at", "(SELECT * FROM image WHERE is_copied)")} {Milliseconds("ready_at", "(SELECT * FROM image WHERE source_instance IS NOT NULL)")}");
        }
        Assert.Equal(times[0], times[1]);
        Assert.Equal("6300 4300 3300", times[0]);
    }

    [Theory]
    [InlineData("", "", "ecs.g6.large", 40)]
    [InlineData("ecs.g7.xlarge", "60", "ecs.g7.xlarge", 60)]
    public async Task The_instance_is_of_the_type_and_size_that_the_pipeline_names(string type, string size, string expected, int gib)
    {
        await using var world = await BuildWorld.StartAsync();
        var id = await world.BuildAsync(("InstanceType", type), ("SystemDiskSize", size), ("InternetMaxBandwidthOut", "5"));
        world.Advance(0.5);
        var instance = Assert.Single((await world.Client.OkAsync("DescribeInstances")).List("Instances"));
        Assert.Equal((expected, 5), (Text(instance, "InstanceType"), instance.GetProperty("InternetMaxBandwidthOut").GetInt32()));
        Assert.StartsWith("192.168.0.", instance.GetProperty("VpcAttributes").GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString(), StringComparison.Ordinal);
        var image = await world.Client.ShowAsync(Text(await world.EndAsync(id), "ImageId"));
        Assert.Equal(gib, image.GetProperty("Size").GetInt32());
    }

    [Fact]
    public async Task Without_a_type_the_smallest_is_taken_that_the_image_starts_on()
    {
        await using var world = await BuildWorld.StartAsync();
        var arm = world.AddBase(static i => i with { Architecture = "arm64", BootMode = "UEFI", SizeGiB = 50, Disks = [i.Disks[0] with { SizeGiB = 50 }] });
        var row = await world.EndAsync(await world.BuildAsync(("BaseImageType", "IMAGE"), ("BaseImage", arm.Id)));
        AssertStatus("SUCCESS", row);
        // The usual 40 GiB are too few for it.
        Assert.Contains("with a system disk of 50 GiB", Text(row, "Message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_of_ones_own_is_used_and_stays()
    {
        await using var world = await BuildWorld.StartAsync();
        var (vpc, vswitch, _) = await NetworkTests.MakeAsync(world.Endpoint, world.Client);
        const string Places = "SELECT (SELECT count(*) FROM vpc) + 1000 * (SELECT count(*) FROM vswitch) + 1000000 * (SELECT count(*) FROM security_group)";
        var id = await world.BuildAsync(("VSwitchId", vswitch));
        world.Advance(0.5);
        var instance = Assert.Single((await world.Client.OkAsync("DescribeInstances")).List("Instances"));
        Assert.Equal((vpc, vswitch), (Text(instance.GetProperty("VpcAttributes"), "VpcId"), Text(instance.GetProperty("VpcAttributes"), "VSwitchId")));
        AssertStatus("SUCCESS", await world.EndAsync(id));
        // The second finds the same as the first: nothing was added or taken away.
        var after = world.Endpoint.Count(Places);
        AssertStatus("SUCCESS", await world.EndAsync(await world.BuildAsync(("VSwitchId", vswitch))));
        Assert.Equal(after, world.Endpoint.Count(Places));
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM security_group WHERE name LIKE 'exec-%'"));
    }

    [Theory]
    [InlineData("supported", "unsupported", "supported")]
    [InlineData("unsupported", "supported", "unsupported")]
    [InlineData("auto", "supported", "supported")]
    public async Task The_image_has_the_NVMe_setting_that_the_pipeline_names(string asked, string source, string expected)
    {
        await using var world = await BuildWorld.StartAsync();
        var image = world.AddBase(i => i with { Nvme = source });
        var row = await world.EndAsync(await world.BuildAsync(("BaseImageType", "IMAGE"), ("BaseImage", image.Id), ("ImageOptions.ImageFeatures.NvmeSupport", asked)));
        Assert.Equal(expected, Text((await world.Client.ShowAsync(Text(row, "ImageId"))).GetProperty("Features"), "NvmeSupport"));
    }

    [Fact]
    public async Task The_image_is_named_without_the_execution_where_that_is_disabled()
    {
        await using var world = await BuildWorld.StartAsync();
        var row = await world.EndAsync(await world.BuildAsync(("ImageOptions.ImageName", "built"), ("AdvancedOptions.ImageNameSuffix", "disable")));
        Assert.Equal("built", Text(await world.Client.ShowAsync(Text(row, "ImageId")), "ImageName"));
        var unnamed = await world.EndAsync(await world.BuildAsync(("AdvancedOptions.ImageNameSuffix", "disable")));
        Assert.Equal(Text(unnamed, "ImageId"), Text(await world.Client.ShowAsync(Text(unnamed, "ImageId")), "ImageName"));
    }

    [Fact]
    public async Task Image_and_copies_are_shared()
    {
        await using var world = await BuildWorld.StartAsync();
        using var guest = await world.Endpoint.ClientAsync("guest");
        using var other = await world.Endpoint.ClientAsync("other");
        var row = await world.EndAsync(await world.BuildAsync(("ToRegionId.1", "cn-beijing"), ("ToRegionId.2", "cn-shanghai"), ("AddAccount.1", guest.Account.AccountId), ("AddAccount.2", other.Account.AccountId)));
        AssertStatus("SUCCESS", row);
        foreach (var client in (TestClient[])[guest, other])
            foreach (var region in (string[])["cn-hangzhou", "cn-beijing", "cn-shanghai"])
                Assert.Single((await client.OkAsync("DescribeImages", ("RegionId", region), ("ImageOwnerAlias", "others"))).Images);
    }

    [Fact]
    public async Task Components_are_named_by_id_or_by_the_highest_version_that_fits()
    {
        await using var world = await BuildWorld.StartAsync();
        await world.ComponentAsync("RUN a", ("Name", "web"), ("ComponentVersion", "1.2.0"));
        var high = await world.ComponentAsync("Parameters:\n  port:\n    Type: Number\nTasks:\n  - Name: x\n    Action: Reboot", ("Name", "web"), ("ComponentVersion", "1.10.0"));
        await world.ComponentAsync("RUN a", ("Name", "web"), ("ComponentVersion", "2.0.0"));
        var test = await world.ComponentAsync("RUN a", ("ComponentType", "Test"));
        var id = await world.BuildAsync(("BuildContent", $"COMPONENT acs:ecs:cn-hangzhou:{world.Client.Account.AccountId}:imagecomponent/web/1.*.* --port 80"), ("TestContent", $"COMPONENT {test}"));
        var row = await world.EndAsync(id);
        AssertStatus("SUCCESS", row);
        Assert.Contains($"the component web 1.10.0 ({high})", Text(row, "Message"), StringComparison.Ordinal);
        Assert.Contains($"({test})", Text(row, "Message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_FROM_is_ignored_and_the_execution_says_so()
    {
        await using var world = await BuildWorld.StartAsync();
        var row = await world.EndAsync(await world.BuildAsync(("BuildContent", "FROM IMAGE:m-other\nRUN a"), ("AdvancedOptions.RetainCloudAssistant", "true")));
        AssertStatus("SUCCESS", row);
        Assert.Contains("FROM was ignored", Text(row, "Message"), StringComparison.Ordinal);
        Assert.Contains("which does not run: RUN. Cloud Assistant was not installed", Text(row, "Message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_on_Windows_takes_components_and_restarts()
    {
        await using var world = await BuildWorld.StartAsync();
        var windows = world.AddBase(static i => i with { OsType = "windows", Platform = "Windows Server 2022" });
        var component = await world.ComponentAsync("Tasks:\n  - Name: x\n    Action: RunPowerShellCommand", ("SystemType", "Windows"));
        var row = await world.EndAsync(await world.BuildAsync(("BaseImageType", "IMAGE"), ("BaseImage", windows.Id), ("BuildContent", $"COMPONENT {component}\nRESTART")));
        AssertStatus("SUCCESS", row);
        await world.Client.RefusedAsync(400, "InvalidImage.OsTypeUnsupported", "CreateImagePipeline", ("BaseImageType", "IMAGE"), ("BaseImage", windows.Id), ("BuildContent", "RUN a"));
        await world.Client.RefusedAsync(400, "InvalidImage.OsTypeUnsupported", "CreateImageComponent", ("SystemType", "Windows"), ("Content", "RUN a"));
    }

    private static string Source(BuildWorld world, JsonElement execution)
    {
        var source = "";
        world.Endpoint.Arrange(s => source = s.Scalar<string>("SELECT source_image FROM image WHERE id = $id", ("id", Text(execution, "ImageId")))!);
        return source;
    }
}
