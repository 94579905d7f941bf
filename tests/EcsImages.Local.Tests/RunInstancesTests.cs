using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class RunInstancesTests
{
    [Fact]
    public async Task An_instance_is_Pending_then_Starting_then_Running_by_the_clock()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id));
        Assert.Equal("Pending", await StatusAsync(client));
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal("Starting", await StatusAsync(client));
        Assert.Equal(0, (await client.EcsAsync("DescribeInstances", ("Status", "Running"))).TotalCount);
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(600));
        Assert.Equal("Running", await StatusAsync(client));
        Assert.Equal(1, (await client.EcsAsync("DescribeInstances", ("Status", "Running"))).TotalCount);
    }

    [Fact]
    public async Task It_has_the_disks_of_the_image_and_of_the_call_and_a_place_in_the_default_network()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web", static i => i with
        {
            SizeGiB = 60,
            Disks = [new("/dev/xvda", "system", 60, "s-system", ""), new("/dev/xvdb", "data", 100, "s-data", "")],
        });
        var id = await client.RunAsync(("ImageId", image.Id), ("DataDisk.1.Size", "30"), ("DataDisk.2.Device", "/dev/xvdb"), ("DataDisk.2.Size", "200"),
            ("DataDisk.2.Category", "cloud_essd"), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"));
        var disks = (await client.EcsAsync("DescribeDisks", ("InstanceId", id), ("Tag.1.Key", "env"))).List("Disks")
            .Select(static d => (d.GetProperty("Device").GetString(), d.GetProperty("Size").GetInt32(), d.GetProperty("Category").GetString(),
                d.GetProperty("SourceSnapshotId").GetString())).Order().ToArray();
        Assert.Equal([("/dev/xvda", 60, "cloud_essd", "s-system"), ("/dev/xvdb", 200, "cloud_essd", "s-data"), ("/dev/xvdc", 30, "cloud_efficiency", "")], disks);
        var network = (await OneAsync(client)).GetProperty("VpcAttributes");
        var vswitch = (await client.EcsAsync("DescribeVSwitches", ("VSwitchId", network.GetProperty("VSwitchId").GetString()!))).List("VSwitches")[0];
        Assert.Equal("172.31.0.0/20", vswitch.GetProperty("CidrBlock").GetString());
        Assert.Equal("172.31.0.1", network.GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString());
        Assert.Equal(4091, vswitch.GetProperty("AvailableIpAddressCount").GetInt32());
    }

    [Fact]
    public async Task Many_have_addresses_of_their_own_and_names_that_count()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        await client.RunAsync(("ImageId", image), ("Amount", "3"), ("InstanceName", "web"), ("UniqueSuffix", "true"));
        await client.RunAsync(("ImageId", image), ("Amount", "2"), ("InstanceName", "db[9,3]x"));
        var rows = (await client.EcsAsync("DescribeInstances")).List("Instances");
        Assert.Equal(["db009x", "db010x", "web001", "web002", "web003"], rows.Select(Name).Order(StringComparer.Ordinal));
        Assert.Equal(5, rows.Select(static r => r.GetProperty("VpcAttributes").GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("UnexpectedImageFamily.ImageIdSupplied", 400, "ImageFamily=web")]
    [InlineData("InvalidImageId.NotFound", 404, "ImageId=m-none")]
    [InlineData("InvalidImageFamily.MissingAvailableImage", 403, "ImageId=", "ImageFamily=none")]
    [InlineData("InvalidInstanceType.ValueNotSupported", 400, "InstanceType=ecs.none.large")]
    [InlineData("InvalidInstanceType.NotSupported", 400, "InstanceType=ecs.c6r.large")]
    [InlineData("ImageNotSupportInstanceType", 403, "InstanceType=ecs.c8a.large")]
    [InlineData("InvalidSystemDiskSize.LessThanImageSize", 404, "SystemDisk.Size=39")]
    [InlineData("InvalidSystemDiskSize.LessThanMinSize", 404, "SystemDisk.Size=19")]
    [InlineData("InvalidSystemDiskSize.MoreThanMaxSize", 404, "SystemDisk.Size=501", "SystemDisk.Category=cloud")]
    [InlineData("InvalidSystemDiskSize.ValueNotSupported", 400, "SystemDisk.Size=big")]
    [InlineData("InvalidSystemDiskCategory.ValueNotSupported", 400, "SystemDisk.Category=tape")]
    [InlineData("InvalidDataDiskSize.ValueNotSupported", 400, "DataDisk.1.Size=19")]
    [InlineData("InvalidDataDiskSnapshotId.NotFound", 404, "DataDisk.1.SnapshotId=s-none")]
    [InlineData("InvalidDataDevice.Malformed", 400, "DataDisk.1.Size=20", "DataDisk.1.Device=/dev/sda")]
    [InlineData("InvalidDevice.InUse", 403, "DataDisk.1.Size=20", "DataDisk.1.Device=/dev/xvdb", "DataDisk.2.Size=20", "DataDisk.2.Device=/dev/xvdb")]
    [InlineData("InvalidMaxAmount.Malformed", 400, "Amount=101")]
    [InlineData("InvalidMinAmount.Malformed", 400, "Amount=2", "MinAmount=3")]
    [InlineData("InvalidZoneId.NotFound", 404, "ZoneId=cn-beijing-a")]
    [InlineData("InvalidVSwitchId.NotFound", 403, "VSwitchId=vsw-none")]
    [InlineData("InvalidSecurityGroupId.NotFound", 400, "SecurityGroupId=sg-none")]
    [InlineData("InvalidPrivateIpAddress.Malformed", 400, "PrivateIpAddress=172.31")]
    [InlineData("InvalidVSwitchId.IpInvalid", 403, "PrivateIpAddress=10.0.0.1")]
    [InlineData("InvalidInstanceName.Malformed", 400, "InstanceName=9web")]
    [InlineData("InvalidHostName.Malformed", 400, "HostName=-web")]
    [InlineData("InvalidPassword.Malformed", 400, "Password=password")]
    [InlineData("InvalidUserData.Base64FormatInvalid", 400, "UserData=%%")]
    [InlineData("Duplicate.TagKey", 400, "Tag.1.Key=a", "Tag.2.Key=a")]
    [InlineData("InvalidTagKey.Malformed", 400, "Tag.1.Key=acs:a")]
    [InlineData("InvalidLaunchTemplate.NotFound", 404, "LaunchTemplateId=lt-1")]
    [InlineData("DryRunOperation", 400, "DryRun=true")]
    public async Task A_wrong_call_has_the_code_of_the_service_and_launches_nothing(string code, int status, params string[] changes)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var parameters = new Dictionary<string, string> { ["ImageId"] = endpoint.AddImage(client, "web").Id, ["InstanceType"] = "ecs.g6.large" };
        foreach (var change in changes.Select(static c => c.Split('=', 2))) parameters[change[0]] = change[1];
        var answer = await client.EcsAsync("RunInstances", [.. parameters.Where(static p => p.Value.Length > 0).Select(static p => (p.Key, p.Value))]);
        Assert.Equal((code, status), (answer.Code, answer.Status));
        Assert.Equal(0, (await client.EcsAsync("DescribeInstances")).TotalCount);
    }

    [Fact]
    public async Task A_32_bit_image_needs_a_type_below_4_GiB()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "old", static i => i with { Architecture = "i386", BootMode = "BIOS" }).Id;
        Assert.Equal("ImageNotSupportInstanceType", (await client.EcsAsync("RunInstances", ("ImageId", image), ("InstanceType", "ecs.g6.large"))).Code);
        await client.RunAsync(("ImageId", image), ("InstanceType", "ecs.t5-lc1m2.small"));
    }

    [Fact]
    public async Task A_type_that_boots_otherwise_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "uefi", static i => i with { BootMode = "UEFI" }).Id;
        Assert.Equal("ImageNotSupportInstanceType", (await client.EcsAsync("RunInstances", ("ImageId", image), ("InstanceType", "ecs.c6a.large"))).Code);
    }

    [Fact]
    public async Task A_deprecated_image_still_launches_and_one_in_the_making_does_not()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RunAsync(("ImageId", endpoint.AddImage(client, "old", static i => i with { Outcome = "Deprecated" }).Id));
        var young = endpoint.AddImage(client, "new", static i => i with { Duration = TimeSpan.FromMinutes(1) }).Id;
        var answer = await client.EcsAsync("RunInstances", ("ImageId", young), ("InstanceType", "ecs.g6.large"));
        Assert.Equal(("IncorrectImageStatus", 400), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task A_marketplace_image_needs_a_subscription()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = (await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "marketplace"))).Images[0].GetProperty("ImageId").GetString()!;
        var answer = await client.EcsAsync("RunInstances", ("ImageId", image), ("InstanceType", "ecs.g6.large"));
        Assert.Equal(("ImageNotSubscribed", 403), (answer.Code, answer.Status));
    }

    [Fact]
    public async Task The_same_client_token_launches_once()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        var first = await client.RunAsync(("ImageId", image), ("ClientToken", "t"));
        Assert.Equal(first, await client.RunAsync(("ImageId", image), ("ClientToken", "t")));
        Assert.Equal(1, (await client.EcsAsync("DescribeInstances")).TotalCount);
        var other = await client.EcsAsync("RunInstances", ("ImageId", image), ("ClientToken", "t"), ("InstanceType", "ecs.g6.xlarge"));
        Assert.Equal("IdempotentParameterMismatch", other.Code);
    }

    [Fact]
    public async Task An_image_of_another_account_launches_only_when_it_is_shared()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var image = endpoint.AddImage(owner, "web").Id;
        Assert.Equal("InvalidImageId.NotFound", (await guest.EcsAsync("RunInstances", ("ImageId", image), ("InstanceType", "ecs.g6.large"))).Code);
        endpoint.Arrange(s => s.Execute("INSERT INTO image_share VALUES ($image, $account, 'cn-hangzhou', 0)", ("image", image), ("account", guest.Account.AccountId)));
        await guest.RunAsync(("ImageId", image));
        Assert.Equal(0, (await owner.EcsAsync("DescribeInstances")).TotalCount);
        Assert.Equal(0, (await owner.EcsAsync("DescribeDisks")).TotalCount);
    }

    [Fact]
    public async Task The_network_of_another_account_is_unknown()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var vswitch = (await owner.EcsAsync("DescribeVSwitches")).List("VSwitches")[0].GetProperty("VSwitchId").GetString()!;
        var group = (await owner.EcsAsync("DescribeSecurityGroups")).List("SecurityGroups")[0].GetProperty("SecurityGroupId").GetString()!;
        var image = endpoint.AddImage(guest, "web").Id;
        Assert.Equal("InvalidVSwitchId.NotFound",
            (await guest.EcsAsync("RunInstances", ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("VSwitchId", vswitch))).Code);
        Assert.Equal("InvalidSecurityGroupId.NotFound",
            (await guest.EcsAsync("RunInstances", ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("SecurityGroupId", group))).Code);
        Assert.Equal(0, (await guest.EcsAsync("DescribeVSwitches", ("VSwitchId", vswitch))).TotalCount);
        var mine = await owner.RunAsync(("ImageId", endpoint.AddImage(owner, "web").Id), ("VSwitchId", vswitch), ("SecurityGroupId", group));
        Assert.Equal(mine, (await OneAsync(owner)).GetProperty("InstanceId").GetString());
    }

    private static async Task<JsonElement> OneAsync(TestClient client) => Assert.Single((await client.EcsAsync("DescribeInstances")).List("Instances"));

    private static async Task<string?> StatusAsync(TestClient client) => (await OneAsync(client)).GetProperty("Status").GetString();

    private static string Name(JsonElement row) => row.GetProperty("InstanceName").GetString()!;
}
