namespace EcsImages.Local.Tests.Coverage;

/// <summary>What a launch is told shows again, and each filter of the listings finds by it.</summary>
public sealed class MachineFilterTests
{
    private const string Group = "rg-one", Zone = "cn-hangzhou-h", Key = "0e478b7a-4262-4802-b8cb-00d3fb40826x";

    [Fact]
    public async Task What_a_launch_is_told_finds_the_instance_again()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await LaunchAsync(endpoint, client);
        var instance = Assert.Single((await client.OkAsync("DescribeInstances", ("InstanceIds", $"[\"{id}\"]"))).List("Instances"));
        Assert.Equal(("The first", "web-host", "required"), (instance.GetProperty("Description").GetString(), instance.GetProperty("HostName").GetString(),
            instance.GetProperty("MetadataOptions").GetProperty("HttpTokens").GetString()));
        var network = instance.GetProperty("VpcAttributes");
        var privateIp = network.GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString();
        var publicIp = instance.GetProperty("PublicIpAddress").GetProperty("IpAddress")[0].GetString();
        await Filters.HoldAsync(client, "DescribeInstances", static a => a.TotalCount,
            new("ZoneId", Zone, "cn-hangzhou-i"),
            new("ResourceGroupId", Group, "rg-other"),
            new("HttpTokens", "required", "optional"),
            new("InstanceChargeType", "PostPaid", "PrePaid"),
            new("InternetChargeType", "PayByTraffic", "PayByBandwidth"),
            new("InstanceNetworkType", "vpc", "classic"),
            new("InstanceTypeFamily", "ecs.g6", "ecs.g7"),
            new("IoOptimized", "true", "false"),
            new("DeviceAvailable", "true", "false"),
            new("HttpEndpoint", "enabled", "disabled"),
            new("LockReason", null, "security"),
            new("VSwitchId", network.GetProperty("VSwitchId").GetString(), "vsw-other"),
            new("SecurityGroupId", instance.GetProperty("SecurityGroupIds").GetProperty("SecurityGroupId")[0].GetString(), "sg-other"),
            new("PrivateIpAddresses", $"[\"{privateIp}\"]", "[\"10.0.0.1\"]"),
            new("PublicIpAddresses", $"[\"{publicIp}\"]", "[\"198.51.100.1\"]"),
            new("InnerIpAddresses", null, "[\"10.0.0.1\"]"),
            new("RdmaIpAddresses", null, "10.0.0.1"));
    }

    [Fact]
    public async Task What_a_launch_is_told_of_disks_finds_them_again()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await LaunchAsync(endpoint, client);
        var disks = (await client.OkAsync("DescribeDisks")).List("Disks");
        var data = disks.Single(static d => d.GetProperty("Type").GetString() == "data");
        Assert.Equal(("logs", "For logs", true), (data.GetProperty("DiskName").GetString(), data.GetProperty("Description").GetString(), data.GetProperty("Encrypted").GetBoolean()));
        Assert.Equal("PL1", data.GetProperty("PerformanceLevel").GetString());
        await Filters.HoldAsync(client, "DescribeDisks", static a => a.TotalCount,
            new("DiskIds", $"[\"{data.GetProperty("DiskId").GetString()}\"]", "[\"d-other\"]"),
            new("DiskName", "log*", "other*"),
            new("DiskType", "data", null),
            new("Category", "cloud_essd", "cloud_ssd"),
            new("ZoneId", Zone, "cn-hangzhou-i"),
            new("Status", "All", "Detaching"),
            new("SnapshotId", null, "s-other"),
            new("DeleteWithInstance", "true", null),
            new("Encrypted", "true", null),
            new("KMSKeyId", Key, "other"),
            new("ResourceGroupId", Group, "rg-other"),
            new("Portable", "true", null),
            new("DiskChargeType", "PostPaid", "PrePaid"),
            new("LockReason", null, "security"),
            new("MultiAttach", "Disabled", "Enabled"),
            new("EnableShared", "false", "true"),
            new("AutoSnapshotPolicyId", null, "sp-other"),
            new("EnableAutomatedSnapshotPolicy", "false", "true"),
            new("DeleteAutoSnapshot", "false", "true"));
        Assert.Equal(1, (await client.OkAsync("DescribeDisks", ("Encrypted", "true"))).TotalCount);
        Assert.Equal("logs", (await client.OkAsync("DescribeDisks", ("Portable", "true"))).List("Disks").Single().GetProperty("DiskName").GetString());
        Assert.Equal("root", (await client.OkAsync("DescribeDisks", ("Portable", "false"))).List("Disks").Single().GetProperty("DiskName").GetString());
        Assert.Equal(2, (await client.OkAsync("DescribeDisks", ("Tag.1.Key", "env"), ("Tag.1.Value", "test"))).TotalCount);
        Assert.Equal(0, (await client.OkAsync("DescribeDisks", ("Tag.1.Key", "env"), ("Tag.1.Value", "live"))).TotalCount);
    }

    [Fact]
    public async Task Disks_and_instances_page_by_number_and_by_token()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("Amount", "12"));
        await Filters.HoldPagesAsync(client, "DescribeDisks", "Disks", "DiskId", 10);
        await Filters.HoldPagesAsync(client, "DescribeInstances", "Instances", "InstanceId", 10);
    }

    [Fact]
    public async Task Each_filter_of_snapshots_finds_what_fits()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await LaunchAsync(endpoint, client);
        endpoint.AddSnapshot(client, "data", 20, encrypted: true, kmsKey: Key);
        var disk = (await client.OkAsync("DescribeDisks", ("DiskType", "data"))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        await client.OkAsync("CreateSnapshot", ("DiskId", disk), ("SnapshotName", "of-logs"), ("ResourceGroupId", Group));
        await Filters.HoldAsync(client, "DescribeSnapshots", static a => a.TotalCount,
            new("InstanceId", instance, "i-other"),
            new("ResourceGroupId", Group, "rg-other"),
            new("KMSKeyId", Key, "other"),
            new("SnapshotType", "user", "auto"),
            new("Category", "standard", "flash"));
        Assert.Equal(2, (await client.OkAsync("DescribeSnapshots", ("Encrypted", "true"))).TotalCount);
        for (var i = 0; i < 10; i++) endpoint.AddSnapshot(client, "data", 20);
        await Filters.HoldPagesAsync(client, "DescribeSnapshots", "Snapshots", "SnapshotId", 10);
    }

    [Fact]
    public async Task Instances_disks_and_snapshots_are_found_by_when_they_were_made()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await LaunchAsync(endpoint, client);
        var disk = (await client.OkAsync("DescribeDisks", ("DiskType", "data"))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        await client.OkAsync("CreateSnapshot", ("DiskId", disk), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"));
        foreach (var operation in (string[])["DescribeInstances", "DescribeDisks", "DescribeSnapshots"])
        {
            foreach (var (key, time, found) in ((string, string, bool)[])[("CreationStartTime", "2026-11-01T11:00Z", true), ("CreationStartTime", "2026-11-02T11:00Z", false),
                ("CreationEndTime", "2026-11-02T11:00Z", true), ("CreationEndTime", "2026-11-01T11:00Z", false)])
                Assert.Equal((operation, key, found), (operation, key, (await client.OkAsync(operation, ("Filter.1.Key", key), ("Filter.1.Value", time))).TotalCount > 0));
            await client.RefusedAsync(400, "DryRunOperation", operation, ("DryRun", "true"));
            Assert.NotEqual(0, (await client.OkAsync(operation, ("Tag.1.Key", "env"), ("Tag.1.Value", "test"))).TotalCount);
        }
    }

    [Fact]
    public async Task A_launch_takes_an_address_several_groups_a_role_and_a_key_for_its_system_disk()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (vpc, vswitch, group) = await NetworkTests.MakeAsync(endpoint, client);
        var other = (await client.OkAsync("CreateSecurityGroup", ("VpcId", vpc))).Text("SecurityGroupId");
        Imports.ImportWorld.GiveRole(endpoint, client);
        var image = endpoint.AddImage(client, "web").Id;
        (string, string) role = ("RamRoleName", "AliyunECSImageImportDefaultRole");
        var id = await client.RunAsync(("ImageId", image), ("VSwitchId", vswitch), ("PrivateIpAddress", "10.0.0.8"), ("SecurityGroupIds.1", group), ("SecurityGroupIds.2", other),
            ("HostNames.1", "web-8"), ("SystemDisk.Encrypted", "true"), ("SystemDisk.KMSKeyId", Key), role);
        var instance = Assert.Single((await client.OkAsync("DescribeInstances", ("PrivateIpAddresses", "[\"10.0.0.8\"]"), ("SecurityGroupId", other))).List("Instances"));
        Assert.Equal((id, "web-8"), (instance.GetProperty("InstanceId").GetString(), instance.GetProperty("HostName").GetString()));
        Assert.Equal(1, (await client.OkAsync("DescribeDisks", ("DiskType", "system"), ("KMSKeyId", Key), ("Encrypted", "true"))).TotalCount);
        await client.OkAsync("CreateInstance", ("ImageId", image), ("InstanceType", "ecs.g6.large"), role);
        foreach (var operation in (string[])["RunInstances", "CreateInstance"])
            await client.RefusedAsync(404, "InvalidRamRole.NotFound", operation, ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("RamRoleName", "nobody"));
    }

    private static async Task<string> LaunchAsync(TestEndpoint endpoint, TestClient client)
    {
        var id = await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("Description", "The first"), ("HostName", "web-host"), ("ZoneId", Zone),
            ("ResourceGroupId", Group), ("HttpTokens", "required"), ("InstanceChargeType", "PostPaid"), ("InternetChargeType", "PayByTraffic"),
            ("InternetMaxBandwidthOut", "5"), ("Amount", "1"), ("MinAmount", "1"), ("UserData", "ZWNobyBoZWxsbw=="), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"),
            ("SystemDisk.DiskName", "root"), ("SystemDisk.Description", "For the system"), ("DataDisk.1.Size", "20"), ("DataDisk.1.Category", "cloud_essd"),
            ("DataDisk.1.PerformanceLevel", "PL1"), ("DataDisk.1.DiskName", "logs"), ("DataDisk.1.Description", "For logs"), ("DataDisk.1.Encrypted", "true"),
            ("DataDisk.1.KMSKeyId", Key));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(5));
        return id;
    }
}
