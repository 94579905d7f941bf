namespace EcsImages.Local.Tests.Oss;

/// <summary>Host names that are nobody's in particular.</summary>
public sealed class HostTests
{
    [Theory]
    [InlineData("test-bucket.localhost")]
    [InlineData("Test-Bucket.localhost:8801")]
    public async Task A_name_right_under_localhost_is_a_bucket(string host)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        oss.Host = host;
        Assert.Equal(200, (await oss.PutAsync("a/k", "x", ("x-oss-object-acl", "public-read"))).Status);
        Assert.Equal("x", (await oss.GetAsync("a/k")).Text);
        using var nobody = new OssClient(endpoint.Endpoint, null, endpoint.Clock, "test-bucket") { Host = host };
        Assert.Equal("x", (await nobody.GetAsync("a/k")).Text);
        Assert.Equal("AccessDenied", (await nobody.GetAsync("b")).Code);
    }

    [Theory]
    [InlineData("emulator.localhost")]
    [InlineData("oss.localhost")]
    [InlineData("localhost")]
    public async Task A_name_of_the_machine_takes_the_bucket_in_the_path(string host)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        (oss.Host, oss.IsByPath) = (host, true);
        Assert.Equal(200, (await oss.PutAsync("a/k", "x")).Status);
        Assert.Equal("x", (await oss.GetAsync("a/k")).Text);
    }

    [Fact]
    public async Task A_bucket_before_OSSs_name_under_localhost_is_one_still()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        oss.Host = "test-bucket.oss.localhost";
        Assert.Equal(200, (await oss.PutAsync("k", "x")).Status);
        Assert.Equal("x", (await oss.GetAsync("k")).Text);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_signature_of_the_second_version_is_refused_in_the_words_of_OSS(string host)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var nobody = new OssClient(endpoint.Endpoint, null, endpoint.Clock, "test-bucket") { Host = host, IsByPath = true };
        var answer = await nobody.GetAsync("k", ("Authorization", "OSS2 AccessKeyId:LTAI,Signature:AAAA"));
        Assert.Equal((400, "InvalidArgument", "OSS2"), (answer.Status, answer.Code, answer.Xml.Element("ArgumentValue")!.Value));
    }
}
