namespace EcsImages.Local.Tests.Oss;

/// <summary>What is told of buckets.</summary>
public sealed class BucketTests
{
    [Fact]
    public async Task A_bucket_is_listed_and_described()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        using var far = await OssClient.WithBucketAsync(endpoint, "far-bucket", "cn-beijing");
        using var service = new OssClient(endpoint.Endpoint, await endpoint.Endpoint.OpenAccountAsync("main", CancellationToken.None), endpoint.Clock, "") { Host = "oss-cn-hangzhou.aliyuncs.com" };
        Assert.Equal(["far-bucket", "test-bucket"], (await service.SendAsync("GET", "")).Xml.Descendants("Bucket").Select(static b => b.Element("Name")!.Value));
        Assert.Equal(["test-bucket"], (await service.SendAsync("GET", "", "prefix=te")).Xml.Descendants("Bucket").Select(static b => b.Element("Name")!.Value));
        var info = (await oss.SendAsync("GET", "", "bucketInfo")).Xml.Element("Bucket")!;
        Assert.Equal(("test-bucket", "oss-cn-hangzhou", "cn-hangzhou", "private"),
            (info.Element("Name")!.Value, info.Element("Location")!.Value, info.Element("Region")!.Value, info.Element("AccessControlList")!.Element("Grant")!.Value));
        Assert.Equal("oss-cn-beijing", (await far.SendAsync("GET", "", "location")).Xml.Value);
        Assert.Empty((await oss.SendAsync("GET", "", "versioning")).Xml.Elements());
    }
}
