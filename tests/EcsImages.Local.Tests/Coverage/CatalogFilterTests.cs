namespace EcsImages.Local.Tests.Coverage;

/// <summary>Filters of what is there from the start: instance types, regions, zones, the default network.</summary>
public sealed class CatalogFilterTests
{
    private static readonly string[] UnknownProperties =
    [
        "MinimumBaselineCredit", "MinimumCpuSpeedFrequency", "MinimumCpuTurboFrequency", "MinimumDiskQuantity", "MinimumEniIpv6AddressQuantity",
        "MinimumEniPrivateIpAddressQuantity", "MinimumEniQuantity", "MinimumEriQuantity", "MinimumInitialCredit", "MinimumInstanceBandwidthRx",
        "MinimumInstanceBandwidthTx", "MinimumInstancePpsRx", "MinimumInstancePpsTx", "MinimumLocalStorageAmount", "MinimumLocalStorageCapacity",
        "MinimumPrimaryEniQueueNumber", "MinimumQueuePairNumber", "MinimumSecondaryEniQueueNumber",
    ];

    [Fact]
    public async Task Each_filter_of_instance_types_finds_what_fits()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await Filters.HoldAsync(client, "DescribeInstanceTypes", static a => a.List("InstanceTypes").Count,
            [
                new("InstanceTypeFamily", "ecs.g7", "ecs.none"),
                new("CpuArchitecture", "ARM", "RISC"),
                new("GPUSpec", null, "none"),
                new("LocalStorageCategory", null, "none"),
                new("InstanceFamilyLevel", "EnterpriseLevel", null),
                new("NvmeSupport", "required", null),
                new("MinimumCpuCoreCount", "8", "100000"),
                new("MaximumCpuCoreCount", "8", "0"),
                new("MinimumMemorySize", "8", "1000000"),
                new("MaximumMemorySize", "8", "0.1"),
                new("MinimumGPUAmount", "0", "1000"),
                new("MaximumGPUAmount", "0", null),
                // What the catalog does not know of a type, no type has.
                .. UnknownProperties.Select(static name => new Filter(name, null, "1")),
                new("PhysicalProcessorModel", null, "Any"),
                new("InstanceCategory", null, "Any"),
            ]);
        Assert.All((await client.OkAsync("DescribeInstanceTypes", ("CpuArchitecture", "ARM"))).List("InstanceTypes"), static t => Assert.Equal("ARM", t.GetProperty("CpuArchitecture").GetString()));
        Assert.All((await client.OkAsync("DescribeInstanceTypes", ("MaximumCpuCoreCount", "2"), ("MinimumCpuCoreCount", "2"))).List("InstanceTypes"),
            static t => Assert.Equal(2, t.GetProperty("CpuCoreCount").GetInt32()));
        var first = await client.OkAsync("DescribeInstanceTypes", ("MaxResults", "1"));
        var second = await client.OkAsync("DescribeInstanceTypes", ("MaxResults", "1"), ("NextToken", first.Text("NextToken")));
        Assert.NotEqual(Assert.Single(first.List("InstanceTypes")).GetProperty("InstanceTypeId").GetString(), Assert.Single(second.List("InstanceTypes")).GetProperty("InstanceTypeId").GetString());
    }

    [Fact]
    public async Task Regions_and_zones_have_names_in_two_languages()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        foreach (var (operation, list) in ((string, string)[])[("DescribeRegions", "Regions"), ("DescribeZones", "Zones")])
        {
            var (chinese, english) = (await client.OkAsync(operation, ("AcceptLanguage", "zh-CN")), await client.OkAsync(operation, ("AcceptLanguage", "en-US")));
            Assert.Contains(chinese.List(list)[0].GetProperty("LocalName").GetString()!, static c => c > '\u2000');
            Assert.DoesNotContain(english.List(list)[0].GetProperty("LocalName").GetString()!, static c => c > '\u2000');
        }
    }

    [Fact]
    public async Task A_zone_tells_what_can_be_had_in_it_unless_asked_to_be_brief()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var resources = (await client.OkAsync("DescribeZones")).List("Zones")[0].GetProperty("AvailableResources").GetProperty("ResourcesInfo")[0];
        foreach (var (list, item, value) in ((string, string, string)[])[("InstanceTypes", "supportedInstanceType", "ecs.g7.large"), ("InstanceTypeFamilies", "supportedInstanceTypeFamily", "ecs.g7"),
            ("InstanceGenerations", "supportedInstanceGeneration", "ecs-7"), ("SystemDiskCategories", "supportedSystemDiskCategory", "cloud_essd"),
            ("DataDiskCategories", "supportedDataDiskCategory", "cloud_auto"), ("NetworkTypes", "supportedNetworkCategory", "vpc")])
            Assert.Contains(value, resources.GetProperty(list).GetProperty(item).EnumerateArray().Select(static v => v.GetString()));
        Assert.True(resources.GetProperty("IoOptimized").GetBoolean());
        Assert.False((await client.OkAsync("DescribeZones", ("Verbose", "false"))).List("Zones")[0].TryGetProperty("AvailableInstanceTypes", out _));
    }

    [Fact]
    public async Task The_default_network_is_found_by_each_filter()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var vpc = Assert.Single((await client.OkAsync("DescribeVpcs")).List("Vpcs")).GetProperty("VpcId").GetString();
        await Filters.HoldAsync(client, "DescribeVpcs", static a => a.TotalCount, new("VpcId", vpc, "vpc-other"), new("IsDefault", "true", "false"));
        await Filters.HoldAsync(client, "DescribeVSwitches", static a => a.TotalCount,
            new("VpcId", vpc, "vpc-other"), new("ZoneId", "cn-hangzhou-h", "cn-hangzhou-none"), new("IsDefault", "true", "false"));
        var group = Assert.Single((await client.OkAsync("DescribeSecurityGroups")).List("SecurityGroups"));
        await Filters.HoldAsync(client, "DescribeSecurityGroups", static a => a.TotalCount,
            new("VpcId", vpc, "vpc-other"),
            new("SecurityGroupId", group.GetProperty("SecurityGroupId").GetString(), "sg-other"),
            new("SecurityGroupIds", $"[\"{group.GetProperty("SecurityGroupId").GetString()}\"]", "[\"sg-other\"]"),
            new("SecurityGroupName", group.GetProperty("SecurityGroupName").GetString(), "other"),
            new("SecurityGroupType", "normal", "enterprise"),
            new("NetworkType", "vpc", "classic"),
            new("ServiceManaged", "false", "true"));
        Assert.Single((await client.OkAsync("DescribeVSwitches", ("PageNumber", "2"), ("PageSize", "1"))).List("VSwitches"));
        Assert.Empty((await client.OkAsync("DescribeVpcs", ("PageNumber", "2"), ("PageSize", "1"))).List("Vpcs"));
        Assert.Single((await client.OkAsync("DescribeSecurityGroups", ("MaxResults", "10"))).List("SecurityGroups"));
    }
}
