namespace EcsImages.Local.Tests.Packer;

public sealed class PackerBuildTests
{
    private const string Source = "aliyun_3_x64_20G_alibase_20240819.vhd", SharedWith = "1000000000000002", NotSharedWith = "1000000000000003",
        ServiceKey = "InvalidOperation.ServiceKeyEncryptedImageUnsupported";

    [Theory]
    [InlineData("given-network")]
    [InlineData("creates-network")]
    [InlineData("creates-network-retries")]
    [InlineData("classic-network")]
    public async Task Every_call_of_a_build_is_accepted_and_nothing_but_the_image_is_left(string scenario)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await (await BuildAsync(endpoint, client)).RunAsync(PackerBuild.Read(scenario));
        Assert.Single((await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"))).Images);
        await AssertNothingLeftAsync(client);
    }

    [Fact]
    public async Task Data_disks_tags_copies_and_forced_deletes_are_accepted()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var here = endpoint.AddImage(client, "packer-judge");
        var there = endpoint.AddImage(client, "packer-judge-bj", static i => i with { RegionId = "cn-beijing" });
        foreach (var image in (Store.Image[])[here, there])
            endpoint.Arrange(s => s.Execute(
                """
                INSERT INTO snapshot (id, account, region, size_gib, created_at, started_at, duration_ms) VALUES ($id, $account, $region, 40, 0, 0, 0)
                """, ("id", image.Disks[0].Snapshot), ("account", client.Account.AccountId), ("region", image.RegionId)));
        var build = (await BuildAsync(endpoint, client)).With("s-judge1", endpoint.AddSnapshot(client, "data", 30));
        // The recorded build encrypts a disk and shares the image all the same, which the service refuses under its own key.
        await build.Refusing("ModifyImageSharePermission", ServiceKey).RunAsync(PackerBuild.Read("full-options"));
        Assert.Equal("1.0", (await client.ShowAsync(build.Here("m-bp100000000000000007"))).GetProperty("ImageVersion").GetString());
        Assert.Equal([false, true, false], Encrypted(await client.ShowAsync(build.Here("m-bp100000000000000007"))));
        Assert.Equal([false, true, false], Encrypted(await client.ShowAsync(build.Here("m-bp100000000000000010"), "cn-beijing")));
        await client.RefusedAsync(404, "InvalidImageId.NotFound", "DeleteImage", ("ImageId", here.Id));
        await client.RefusedAsync(404, "InvalidImageId.NotFound", "DeleteImage", ("RegionId", "cn-beijing"), ("ImageId", there.Id));
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM snapshot WHERE id IN ($a, $b)", ("a", here.Disks[0].Snapshot), ("b", there.Disks[0].Snapshot)));
        var tags = (await client.OkAsync("ListTagResources", ("ResourceType", "image"), ("ResourceId.1", build.Here("m-bp100000000000000007")))).List("TagResources");
        Assert.Equal([("a b", "x+y~*"), ("env", "test")], tags.Select(static t => (t.GetProperty("TagKey").GetString(), t.GetProperty("TagValue").GetString())));
        // The disk that does not go with the instance stays.
        var left = Assert.Single((await client.OkAsync("DescribeDisks")).List("Disks"));
        Assert.Equal(("data2", "Available", 30), (left.GetProperty("DiskName").GetString(), left.GetProperty("Status").GetString(), left.GetProperty("Size").GetInt32()));
        await AssertNothingLeftAsync(client);
    }

    [Fact]
    public async Task A_build_that_encrypts_its_image_turns_one_with_an_encrypted_disk_into_one_that_is_wholly_so()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var build = (await BuildAsync(endpoint, client)).With("s-judge1", endpoint.AddSnapshot(client, "data", 30));
        await build.Refusing("ModifyImageSharePermission", ServiceKey).RunAsync(PackerBuild.Read("image-encrypted"));
        var image = Assert.Single((await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"))).Images);
        Assert.Equal("packer-judge", image.GetProperty("ImageName").GetString());
        Assert.Equal([true, true, true], Encrypted(image));
        Assert.Equal([true, true, true], Encrypted(await client.ShowAsync(build.Here("m-bp100000000000000006"), "cn-beijing")));
        await AssertNothingLeftAsync(client);
    }

    [Fact]
    public async Task A_build_of_the_system_disk_alone_is_accepted()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var build = await BuildAsync(endpoint, client);
        // The recording server gave every image two disks; this one has but its own.
        await build.RunAsync(PackerBuild.Read("ignore-data-disks").Where(static c => !c.Parameters.Values.Contains("s-bp100000000000000006")));
        var image = await client.ShowAsync(build.Here("m-bp100000000000000004"));
        Assert.Equal(1, image.GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping").GetArrayLength());
        await AssertNothingLeftAsync(client);
    }

    private static IEnumerable<bool> Encrypted(System.Text.Json.JsonElement image) =>
        image.GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping").EnumerateArray().Select(static d => d.GetProperty("Encrypted").GetBoolean());

    private static async Task<PackerBuild> BuildAsync(TestEndpoint endpoint, TestClient client)
    {
        foreach (var account in (string[])[SharedWith, NotSharedWith]) (await endpoint.ClientAsync(account)).Dispose();
        var vswitch = (await client.OkAsync("DescribeVSwitches", ("ZoneId", "cn-hangzhou-h"))).List("VSwitches")[0];
        var group = (await client.OkAsync("DescribeSecurityGroups")).List("SecurityGroups")[0];
        var image = (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "system"), ("OSType", "linux"), ("InstanceType", "ecs.g7.large"))).Images[0];
        return new PackerBuild(endpoint, client)
            .With(Source, image.GetProperty("ImageId").GetString()!)
            .With("vpc-judge", vswitch.GetProperty("VpcId").GetString()!)
            .With("vsw-judge", vswitch.GetProperty("VSwitchId").GetString()!)
            .With("sg-judge", group.GetProperty("SecurityGroupId").GetString()!);
    }

    private static async Task AssertNothingLeftAsync(TestClient client)
    {
        foreach (var (operation, expected) in ((string, int)[])[("DescribeInstances", 0), ("DescribeEipAddresses", 0), ("DescribeKeyPairs", 0), ("DescribeVpcs", 1), ("DescribeSecurityGroups", 1)])
            Assert.Equal((operation, expected), (operation, (await client.OkAsync(operation)).TotalCount));
    }
}
