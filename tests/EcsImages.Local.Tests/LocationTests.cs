using EcsImages.Core.Contract;

namespace EcsImages.Local.Tests;

/// <summary>Location: where a product is found. Clients compare codes, texts and the odd spelling letter by letter.</summary>
public sealed class LocationTests
{
    [Theory]
    [InlineData("ecs", "cn-beijing", "ecs.cn-beijing.aliyuncs.com")]
    [InlineData("oos", "eu-central-1", "oos.eu-central-1.aliyuncs.com")]
    [InlineData("sts", "cn-hangzhou", "sts.cn-hangzhou.aliyuncs.com")]
    [InlineData("ram", "cn-hangzhou", "ram.aliyuncs.com")]
    [InlineData("quotas", "us-west-1", "quotas.aliyuncs.com")]
    [InlineData("oss", "ap-southeast-5", "oss-ap-southeast-5.aliyuncs.com")]
    [InlineData("vpc", "cn-shanghai", "vpc.cn-shanghai.aliyuncs.com")]
    public async Task A_service_has_one_host_in_a_region(string service, string region, string host)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await LocationClientAsync(endpoint);
        var answer = await client.CallAsync("DescribeEndpoints", ("Id", region), ("ServiceCode", service), ("Type", "openAPI"));
        Assert.Equal((200, true), (answer.Status, answer.Body.GetProperty("Success").GetBoolean()));
        var found = Assert.Single(answer.List("Endpoints"));
        Assert.Equal((host, region, service, "openAPI"), (found.GetProperty("Endpoint").GetString(), found.GetProperty("Id").GetString(),
            found.GetProperty("SerivceCode").GetString(), found.GetProperty("Type").GetString()));
        Assert.Equal(service == "ram" ? ["HTTPS"] : ["HTTP", "HTTPS"], found.GetProperty("Protocols").GetProperty("Protocols").EnumerateArray().Select(static p => p.GetString()));
        var flat = await client.CallAsync("DescribeEndpoint", ("Id", region), ("ServiceCode", service));
        Assert.Equal((host, service), (flat.Text("Endpoint"), flat.Text("SerivceCode")));
        Assert.False(flat.Body.TryGetProperty("Success", out _));
    }

    [Theory]
    [InlineData("DescribeEndpoints")]
    [InlineData("DescribeEndpoint")]
    public async Task A_reply_has_the_fields_and_types_of_the_contract(string operation)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await LocationClientAsync(endpoint);
        var answer = await client.CallAsync(operation, ("Id", "cn-hangzhou"), ("ServiceCode", "ecs"));
        ReplyShape.AssertMatches(ApiContract.Location.Operations[operation], answer.Body);
    }

    [Theory]
    [InlineData(404, "InvalidRegionId", "The specified region does not exist.", "cn-atlantis", "ecs", "openAPI")]
    [InlineData(404, "InvalidRegionId", "The specified region does not exist.", "ap-south-1", "ecs", "openAPI")]
    [InlineData(400, "Illegal Parameter", "Please check the parameters", "cn-hangzhou", "dragons", "openAPI")]
    [InlineData(400, "Illegal Parameter", "Please check the parameters", "cn-hangzhou", "ecs", "otherAPI")]
    public async Task What_is_not_known_is_refused_in_the_words_that_clients_compare(int status, string code, string message, string region, string service, string type)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await LocationClientAsync(endpoint);
        foreach (var operation in new[] { "DescribeEndpoints", "DescribeEndpoint" })
        {
            var answer = await client.CallAsync(operation, ("Id", region), ("ServiceCode", service), ("Type", type));
            Assert.Equal((status, code, message), (answer.Status, answer.Code, answer.Message));
        }
    }

    [Fact]
    public async Task A_service_without_an_inner_endpoint_has_an_empty_list()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await LocationClientAsync(endpoint);
        var answer = await client.CallAsync("DescribeEndpoints", ("Id", "cn-hangzhou"), ("ServiceCode", "ecs"), ("Type", "innerAPI"));
        Assert.Equal((200, true), (answer.Status, answer.Body.GetProperty("Success").GetBoolean()));
        Assert.Empty(answer.List("Endpoints"));
        var flat = await client.CallAsync("DescribeEndpoint", ("Id", "cn-hangzhou"), ("ServiceCode", "ecs"), ("Type", "innerAPI"));
        Assert.Equal(200, flat.Status);
        Assert.False(flat.Body.TryGetProperty("Endpoint", out _));
    }

    [Fact]
    public async Task Region_and_service_must_be_named_and_the_signature_be_right()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await LocationClientAsync(endpoint);
        await client.RefusedAsync(400, "MissingParameter", "DescribeEndpoints", ("Id", "cn-hangzhou"));
        await client.RefusedAsync(400, "MissingParameter", "DescribeEndpoints", ("ServiceCode", "ecs"));
        client.Tamper = static request => request.RequestUri = new Uri(request.RequestUri!.OriginalString.Replace("hangzhou", "shanghai", StringComparison.Ordinal));
        var tampered = await client.CallAsync("DescribeEndpoints", ("Id", "cn-hangzhou"), ("ServiceCode", "ecs"));
        Assert.Equal("SignatureDoesNotMatch", tampered.Code);
    }

    [Fact]
    public async Task A_user_without_any_permission_may_ask()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var user = await endpoint.UserAsync();
        (user.Host, user.Version) = ("location-readonly.aliyuncs.com", "2015-06-12");
        var answer = await user.CallAsync("DescribeEndpoints", ("Id", "cn-hangzhou"), ("ServiceCode", "ecs"));
        Assert.Equal(200, answer.Status);
    }

    private static async Task<TestClient> LocationClientAsync(TestEndpoint endpoint)
    {
        var client = await endpoint.ClientAsync();
        (client.Host, client.Version) = ("location-readonly.aliyuncs.com", "2015-06-12");
        return client;
    }
}
