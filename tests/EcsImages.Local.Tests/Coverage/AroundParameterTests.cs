using System.Text.Json;

namespace EcsImages.Local.Tests.Coverage;

/// <summary>Each parameter of the operations around images that is kept shows afterwards, and each filter finds what fits and nothing else.</summary>
public sealed class AroundParameterTests
{
    [Fact]
    public async Task What_an_instance_is_created_with_shows()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (_, vswitch, group) = await NetworkTests.MakeAsync(endpoint, client);
        await client.OkAsync("ImportKeyPair", ("KeyPairName", "mine"), ("PublicKeyBody", AroundPlaces.PublicKey), ("ResourceGroupId", "rg-1"), ("Tag.1.Key", "a"), ("Tag.1.Value", "b"));
        endpoint.AddImage(client, "web", static i => i with { Family = "web" });
        var id = (await client.OkAsync("CreateInstance", ("ImageFamily", "web"), ("InstanceType", "ecs.g6.large"), ("VSwitchId", vswitch), ("SecurityGroupId", group),
            ("PrivateIpAddress", "10.0.0.7"), ("HostName", "web-1"), ("KeyPairName", "mine"), ("ResourceGroupId", "rg-1"), ("DeletionProtection", "true"),
            ("HttpTokens", "required"), ("InstanceChargeType", "PostPaid"), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"), ("SystemDisk.PerformanceLevel", "PL0"),
            ("DataDisk.1.Size", "20"), ("DataDisk.1.Category", "cloud_essd"), ("DataDisk.1.PerformanceLevel", "PL1"), ("DataDisk.1.Description", "for logs"),
            ("DataDisk.1.Encrypted", "true"), ("DataDisk.1.KMSKeyId", "key-1"))).Text("InstanceId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var row = Assert.Single((await client.OkAsync("DescribeInstances", ("Tag.1.Key", "env"), ("Tag.1.Value", "test"), ("ResourceGroupId", "rg-1"), ("KeyPairName", "mine"))).List("Instances"));
        Assert.Equal((id, "web-1", true, "required", "PostPaid"), (Text(row, "InstanceId"), Text(row, "HostName"), row.GetProperty("DeletionProtection").GetBoolean(),
            Text(row.GetProperty("MetadataOptions"), "HttpTokens"), Text(row, "InstanceChargeType")));
        Assert.Equal("10.0.0.7", row.GetProperty("VpcAttributes").GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString());
        var disk = Assert.Single((await client.OkAsync("DescribeDisks", ("InstanceId", id), ("DiskType", "data"))).List("Disks"));
        Assert.Equal(("PL1", "for logs", true, "key-1"), (Text(disk, "PerformanceLevel"), Text(disk, "Description"), disk.GetProperty("Encrypted").GetBoolean(), Text(disk, "KMSKeyId")));
        await client.OkAsync("ModifyInstanceAttribute", ("InstanceId", id), ("Description", "changed"), ("SecurityGroupIds.1", group), ("UserData", "IyEvYmluL3NoCg=="));
        Assert.Equal("changed", (await client.OkAsync("DescribeInstanceAttribute", ("InstanceId", id))).Text("Description"));
        Assert.Equal(1, (await client.OkAsync("DescribeInstanceStatus", ("ZoneId", "cn-hangzhou-h"), ("PageNumber", "1"), ("PageSize", "50"))).TotalCount);
        Assert.Equal(0, (await client.OkAsync("DescribeInstanceStatus", ("ZoneId", "cn-hangzhou-i"))).TotalCount);
    }

    [Fact]
    public async Task What_networks_groups_and_keys_are_made_with_shows()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var vpc = (await client.OkAsync("CreateVpc", ("VpcName", "web"), ("Description", "ours"), ("ClientToken", "v"))).Text("VpcId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("ours", Text((await client.OkAsync("DescribeVpcs", ("VpcId", vpc))).List("Vpcs")[0], "Description"));
        var vswitch = await client.OkAsync("CreateVSwitch", ("VpcId", vpc), ("ZoneId", "cn-hangzhou-h"), ("CidrBlock", "172.16.0.0/24"), ("VSwitchName", "front"), ("Description", "theirs"), ("ClientToken", "s"));
        var shown = (await client.OkAsync("DescribeVSwitches", ("VSwitchId", vswitch.Text("VSwitchId")))).List("VSwitches")[0];
        Assert.Equal(("front", "theirs"), (Text(shown, "VSwitchName"), Text(shown, "Description")));
        (string, string)[] group = [("VpcId", vpc), ("Description", "walls"), ("ResourceGroupId", "rg-1"), ("Tag.1.Key", "env"), ("Tag.1.Value", "a"), ("ServiceManaged", "false"), ("ClientToken", "g")];
        var id = (await client.OkAsync("CreateSecurityGroup", group)).Text("SecurityGroupId");
        Assert.Equal(id, (await client.OkAsync("CreateSecurityGroup", group)).Text("SecurityGroupId"));
        var found = Assert.Single((await client.OkAsync("DescribeSecurityGroups", ("ResourceGroupId", "rg-1"), ("Tag.1.Key", "env"), ("Tag.1.Value", "a"), ("SecurityGroupType", "normal"))).List("SecurityGroups"));
        Assert.Equal((id, "walls"), (Text(found, "SecurityGroupId"), Text(found, "Description")));
        await client.OkAsync("CreateKeyPair", ("KeyPairName", "one"), ("ResourceGroupId", "rg-1"), ("Tag.1.Key", "env"), ("Tag.1.Value", "a"));
        await client.OkAsync("ImportKeyPair", ("KeyPairName", "two"), ("PublicKeyBody", AroundPlaces.PublicKey), ("ResourceGroupId", "rg-2"), ("Tag.1.Key", "env"), ("Tag.1.Value", "b"));
        Assert.Equal("one", Text(Assert.Single((await client.OkAsync("DescribeKeyPairs", ("Tag.1.Key", "env"), ("Tag.1.Value", "a"), ("ResourceGroupId", "rg-1"))).List("KeyPairs")), "KeyPairName"));
        Assert.Single((await client.OkAsync("DescribeKeyPairs", ("PageSize", "1"), ("PageNumber", "2"))).List("KeyPairs"));
        Assert.Equal(1, (await client.OkAsync("DescribeTags", ("Tag.1.Key", "env"), ("Tag.1.Value", "b"))).TotalCount);
    }

    [Theory]
    [InlineData("AuthorizeSecurityGroup", "")]
    [InlineData("AuthorizeSecurityGroup", "Permissions.1.")]
    [InlineData("AuthorizeSecurityGroupEgress", "")]
    [InlineData("AuthorizeSecurityGroupEgress", "Permissions.1.")]
    public async Task A_rule_keeps_all_that_it_was_made_with(string operation, string at)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (vpc, _, group) = await NetworkTests.MakeAsync(endpoint, client);
        var other = (await client.OkAsync("CreateSecurityGroup", ("VpcId", vpc))).Text("SecurityGroupId");
        var peer = operation.EndsWith("Egress", StringComparison.Ordinal) ? "DestGroupId" : "SourceGroupId";
        (string, string)[] common = [(at + "IpProtocol", "UDP"), (at + "PortRange", "53/53"), (at + "SourcePortRange", "1024/65535"), (at + "Policy", "drop"),
            (at + "Priority", "7"), (at + "NicType", "intranet"), (at + "Description", "names")];
        await client.OkAsync(operation, [("SecurityGroupId", group), ("ClientToken", "a"), .. common, (at + "SourceCidrIp", "10.0.0.0/8"), (at + "DestCidrIp", "10.1.0.0/16")]);
        await client.OkAsync(operation, [("SecurityGroupId", group), .. common, (at + "Ipv6SourceCidrIp", "2001:db8::/32"), (at + "Ipv6DestCidrIp", "2001:db8:1::/48")]);
        await client.OkAsync(operation, [("SecurityGroupId", group), .. common, (at + peer, other)]);
        var rules = (await client.OkAsync("DescribeSecurityGroupAttribute", ("SecurityGroupId", group), ("NicType", "intranet"))).List("Permissions");
        Assert.All(rules, static r => Assert.Equal(("UDP", "53/53", "1024/65535", "Drop", "7", "names"),
            (Text(r, "IpProtocol"), Text(r, "PortRange"), Text(r, "SourcePortRange"), Text(r, "Policy"), Text(r, "Priority"), Text(r, "Description"))));
        Assert.Equal([(other, "", "", "", ""), ("", "", "", "2001:db8::/32", "2001:db8:1::/48"), ("", "10.0.0.0/8", "10.1.0.0/16", "", "")],
            rules.Select(r => (Text(r, peer), Text(r, "SourceCidrIp"), Text(r, "DestCidrIp"), Text(r, "Ipv6SourceCidrIp"), Text(r, "Ipv6DestCidrIp"))));
    }

    [Fact]
    public async Task What_a_disk_is_made_attached_and_replaced_with_shows()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (string, string)[] made = [("ZoneId", "cn-hangzhou-h"), ("Size", "20"), ("DiskCategory", "cloud_essd"), ("PerformanceLevel", "PL1"), ("Description", "for logs"),
            ("Encrypted", "true"), ("KMSKeyId", "key-1"), ("ResourceGroupId", "rg-1"), ("Tag.1.Key", "env"), ("Tag.1.Value", "a"), ("MultiAttach", "Disabled"), ("ClientToken", "d")];
        var disk = (await client.OkAsync("CreateDisk", made)).Text("DiskId");
        Assert.Equal(disk, (await client.OkAsync("CreateDisk", made)).Text("DiskId"));
        var row = Assert.Single((await client.OkAsync("DescribeDisks", ("Tag.1.Key", "env"), ("Tag.1.Value", "a"), ("ResourceGroupId", "rg-1"), ("KMSKeyId", "key-1"))).List("Disks"));
        Assert.Equal(("PL1", "for logs", true), (Text(row, "PerformanceLevel"), Text(row, "Description"), row.GetProperty("Encrypted").GetBoolean()));
        var image = endpoint.AddImage(client, "web").Id;
        await client.OkAsync("ImportKeyPair", ("KeyPairName", "mine"), ("PublicKeyBody", AroundPlaces.PublicKey));
        var id = (await client.OkAsync("CreateInstance", ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("ZoneId", "cn-hangzhou-h"))).Text("InstanceId");
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.OkAsync("AttachDisk", ("DiskId", disk), ("InstanceId", id), ("Device", "/dev/xvdf"));
        Assert.Equal("/dev/xvdf", Text((await client.OkAsync("DescribeDisks", ("DiskIds", $"[\"{disk}\"]"))).List("Disks")[0], "Device"));
        (string, string)[] replaced = [("InstanceId", id), ("ImageId", image), ("KeyPairName", "mine"), ("Encrypted", "true"), ("KMSKeyId", "key-2"), ("ClientToken", "r")];
        var system = (await client.OkAsync("ReplaceSystemDisk", replaced)).Text("DiskId");
        Assert.Equal(system, (await client.OkAsync("ReplaceSystemDisk", replaced)).Text("DiskId"));
        Assert.Equal(system, Text(Assert.Single((await client.OkAsync("DescribeDisks", ("KMSKeyId", "key-2"), ("Encrypted", "true"))).List("Disks")), "DiskId"));
        Assert.Equal("mine", Text((await client.OkAsync("DescribeInstances")).List("Instances")[0], "KeyPairName"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        await client.OkAsync("ReplaceSystemDisk", ("InstanceId", id), ("ImageId", image), ("Password", "Correct-1"));
        Assert.Equal("", Text((await client.OkAsync("DescribeInstances")).List("Instances")[0], "KeyPairName"));
    }

    [Fact]
    public async Task A_listing_of_addresses_is_filtered_and_paged()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var first = await client.OkAsync("AllocateEipAddress", ("ClientToken", "e"));
        Assert.Equal(first.Text("AllocationId"), (await client.OkAsync("AllocateEipAddress", ("ClientToken", "e"))).Text("AllocationId"));
        endpoint.Clock.Advance(TimeSpan.FromHours(1));
        var second = await client.OkAsync("AllocateEipAddress");
        Assert.Equal(first.Text("AllocationId"), await OneAsync(("EipAddress", first.Text("EipAddress"))));
        Assert.Equal(first.Text("AllocationId"), await OneAsync(("PageSize", "1"), ("PageNumber", "2")));
        Assert.Equal(second.Text("AllocationId"), await OneAsync(("Filter.1.Key", "CreationStartTime"), ("Filter.1.Value", "2026-11-01T12:30Z")));
        foreach (var (name, value, expected) in ((string, string, int)[])[("Status", "Available", 2), ("Status", "InUse", 0), ("ChargeType", "PostPaid", 2), ("ChargeType", "PrePaid", 0),
            ("LockReason", "security", 0), ("ISP", "BGP", 2), ("ISP", "BGP_PRO", 0)])
            Assert.Equal((name, value, expected), (name, value, (await client.OkAsync("DescribeEipAddresses", (name, value))).TotalCount));

        async Task<string?> OneAsync(params (string, string)[] filter) => Text(Assert.Single((await client.OkAsync("DescribeEipAddresses", filter)).List("EipAddresses")), "AllocationId");
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
