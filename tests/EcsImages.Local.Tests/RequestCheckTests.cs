namespace EcsImages.Local.Tests;

public sealed class RequestCheckTests
{
    [Theory]
    [InlineData("NoSuchAction", 404, "InvalidAction.NotFound")]
    [InlineData("describeimages", 404, "InvalidAction.NotFound")]
    [InlineData("DescribePrice", 400, "UnsupportedOperation")]
    public async Task An_action_must_exist_and_be_implemented(string action, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var answer = await client.EcsAsync(action);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(action, answer.Message);
    }

    [Theory]
    [InlineData("NoSuch", "1", "InvalidParameter")]
    [InlineData("imagename", "x", "InvalidParameter")]
    [InlineData("PageSize", "ten", "InvalidParameter")]
    [InlineData("PageSize", "101", "InvalidParameter")]
    [InlineData("PageSize", "0", "InvalidParameter")]
    [InlineData("PageNumber", "0", "InvalidParameter")]
    [InlineData("IsPublic", "yes", "InvalidParameter")]
    [InlineData("Tag.0.Key", "k", "InvalidParameter")]
    [InlineData("Tag.1.Colour", "k", "InvalidParameter")]
    [InlineData("RegionId", "cn-atlantis", "InvalidRegionId.NotFound")]
    [InlineData("RegionId", "ap-south-1", "InvalidRegionId.NotFound")]
    [InlineData("RegionId", "", "MissingParameter")]
    [InlineData("OwnerId", "7", null)]
    [InlineData("Format", "JSON", null)]
    [InlineData("Tag.7.key", "k", null)]
    public async Task A_parameter_is_held_to_the_contract(string name, string value, string? code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        Assert.Equal(code, (await client.EcsAsync("DescribeImages", (name, value))).Code);
    }

    [Theory]
    [InlineData("DescribeDisks", 400, "InvalidRegion.NotFound")]
    [InlineData("DescribeEipAddresses", 404, "Forbidden.RegionNotFound")]
    [InlineData("ReleaseEipAddress", 404, "Forbidden.RegionNotFound", "AllocationId=eip-1")]
    [InlineData("UnassociateEipAddress", 404, "Forbidden.RegionNotFound", "AllocationId=eip-1")]
    [InlineData("DeleteVSwitch", 404, "Forbidden.RegionNotFound", "VSwitchId=vsw-1")]
    [InlineData("DescribeLaunchTemplates", 400, "InvalidRegion.NotExist")]
    [InlineData("CopyImage", 400, "SourceRegion.NotFound", "ImageId=m-1")]
    [InlineData("CreateImage", 404, "InvalidRegionId.NotFound")]
    public async Task A_region_that_is_not_there_has_the_code_of_the_operations_own_table(string operation, int status, string code, params string[] others)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RefusedAsync(status, code, operation, [("RegionId", "cn-atlantis"), .. others.Select(static o => o.Split('=')).Select(static o => (o[0], o[1]))]);
    }

    [Theory]
    [InlineData("DescribeDisks", 400, "MissingParamter.RegionId")]
    [InlineData("DescribeImages", 400, "MissingParameter")]
    public async Task A_parameter_that_is_missing_has_the_code_of_the_operations_own_table_as_that_spells_it(string operation, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RefusedAsync(status, code, operation, ("RegionId", ""));
    }

    [Fact]
    public async Task A_dry_run_that_passes_says_so()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var answer = await client.EcsAsync("DescribeImages", ("DryRun", "true"));
        Assert.Equal((400, "DryRunOperation"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_loopback_address_is_told_by_its_version_and_a_foreign_product_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        client.Host = "127.0.0.1:8801";
        Assert.Equal(200, (await client.CallAsync("DescribeRegions")).Status);
        client.Host = "rds.cn-hangzhou.aliyuncs.com";
        var foreign = await client.CallAsync("DescribeRegions");
        Assert.Equal("InvalidProduct", foreign.Code);
        Assert.Contains("ecs, sts, quotas, oos, ram, location", foreign.Message);
    }

    [Theory]
    [InlineData("127.0.0.1:8801", "2014-05-27", "InvalidVersion", "quotas 2020-05-10")]
    [InlineData("127.0.0.1:8801", "", "MissingParameter", "Version")]
    [InlineData("ecs.cn-hangzhou.aliyuncs.com", "2015-04-01", "InvalidVersion", "ecs has 2014-05-26")]
    [InlineData("ecs.cn-hangzhou.aliyuncs.com", "", "MissingParameter", "Version")]
    public async Task A_version_that_is_wrong_or_missing_is_told_as_such(string host, string version, string code, string words)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (client.Host, client.Version) = (host, version);
        var answer = await client.CallAsync("DescribeRegions");
        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Contains(words, answer.Message);
    }
}
