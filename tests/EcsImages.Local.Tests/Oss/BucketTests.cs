using System.Text;

namespace EcsImages.Local.Tests.Oss;

/// <summary>What is told of buckets, and set of them.</summary>
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

    [Theory]
    [InlineData("cors", "NoSuchCORSConfiguration")]
    [InlineData("encryption", "NoSuchServerSideEncryptionRule")]
    [InlineData("lifecycle", "NoSuchLifecycle")]
    [InlineData("policy", "NoSuchBucketPolicy")]
    [InlineData("transferAcceleration", "NoSuchTransferAccelerationConfiguration")]
    [InlineData("website", "NoSuchWebsiteConfiguration")]
    public async Task A_setting_that_nobody_made_is_not_there(string setting, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var answer = await oss.SendAsync("GET", "", setting);
        Assert.Equal((404, code, "test-bucket"), (answer.Status, answer.Code, answer.Xml.Element("BucketName")!.Value));
        using var other = new OssClient(endpoint.Endpoint, await endpoint.Endpoint.OpenAccountAsync("other", CancellationToken.None), endpoint.Clock, "test-bucket");
        Assert.Equal("AccessDenied", (await other.SendAsync("GET", "", setting)).Code);
        Assert.Equal("NotImplemented", (await oss.SendAsync("PUT", "", setting, "<x/>"u8.ToArray())).Code);
    }

    [Fact]
    public async Task Logging_and_referers_read_as_nobody_set_them()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var logging = (await oss.SendAsync("GET", "", "logging")).Xml;
        Assert.Equal(("BucketLoggingStatus", 0), (logging.Name.LocalName, logging.Elements().Count()));
        var referers = (await oss.SendAsync("GET", "", "referer")).Xml;
        Assert.Equal(("RefererConfiguration", "true", 0),
            (referers.Name.LocalName, referers.Element("AllowEmptyReferer")!.Value, referers.Element("RefererList")!.Elements().Count()));
    }

    [Fact]
    public async Task Tags_of_a_bucket_are_kept_replaced_and_removed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        Assert.Empty(await TagsAsync(oss));
        Assert.Equal(200, (await PutAsync(oss, ("env", "test"), ("old", ""))).Status);
        Assert.Equal(200, (await PutAsync(oss, ("allowImageBuilderAccess", "true"), ("env", "prod"))).Status);
        Assert.Equal(["allowImageBuilderAccess=true", "env=prod"], await TagsAsync(oss));
        await oss.SendAsync("PUT", "", "acl", headers: ("x-oss-acl", "public-read"));
        await using var later = await endpoint.OpenAsync();
        using var again = new OssClient(later, await later.OpenAccountAsync("main", CancellationToken.None), endpoint.Clock, "test-bucket");
        Assert.Equal(["allowImageBuilderAccess=true", "env=prod"], await TagsAsync(again));
        Assert.Equal(204, (await oss.SendAsync("DELETE", "", "tagging")).Status);
        Assert.Empty(await TagsAsync(oss));
        using var other = new OssClient(endpoint.Endpoint, await endpoint.Endpoint.OpenAccountAsync("other", CancellationToken.None), endpoint.Clock, "test-bucket");
        Assert.Equal("AccessDenied", (await PutAsync(other, ("env", "theirs"))).Code);
        await PutAsync(oss, ("env", "test"));
        Assert.Equal(204, (await oss.SendAsync("DELETE", "")).Status);
        Assert.Equal(200, (await oss.SendAsync("PUT", "")).Status);
        Assert.Empty(await TagsAsync(oss));
    }

    [Fact]
    public async Task Tags_that_a_bucket_cannot_have_are_refused_and_change_nothing()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await PutAsync(oss, [.. Enumerable.Range(1, 20).Select(static i => ($"{i}", new string('v', 128)))]);
        foreach (var wrong in new (string, string)[][]
        {
            [("", "x")], [(new string('k', 65), "x")], [("k", new string('v', 129))], [("Aliyun-abc", "x")], [("http://a", "x")], [("acs:abc", "x")],
            [("k", "1"), ("k", "2")], [.. Enumerable.Range(1, 21).Select(static i => ($"{i}", "x"))],
        })
            Assert.Equal("InvalidTag", (await PutAsync(oss, wrong)).Code);
        Assert.Equal("MalformedXML", (await oss.SendAsync("PUT", "", "tagging", "<Tagging/>"u8.ToArray())).Code);
        Assert.Equal(20, (await TagsAsync(oss)).Length);
    }

    private static Task<OssAnswer> PutAsync(OssClient oss, params (string Key, string Value)[] tags) => oss.SendAsync("PUT", "", "tagging",
        Encoding.UTF8.GetBytes($"<Tagging><TagSet>{string.Concat(tags.Select(static t => $"<Tag><Key>{t.Key}</Key><Value>{t.Value}</Value></Tag>"))}</TagSet></Tagging>"));

    private static async Task<string[]> TagsAsync(OssClient oss)
    {
        var answer = await oss.SendAsync("GET", "", "tagging");
        Assert.True(answer.Status == 200, answer.ToString());
        return [.. answer.Xml.Element("TagSet")!.Elements("Tag").Select(static t => $"{t.Element("Key")!.Value}={t.Element("Value")!.Value}")];
    }
}
