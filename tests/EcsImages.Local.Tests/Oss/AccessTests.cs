namespace EcsImages.Local.Tests.Oss;

public sealed class AccessTests
{
    [Fact]
    public async Task A_private_bucket_is_its_owners_alone()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("k", "x");
        using var other = new OssClient(endpoint.Endpoint, await endpoint.Endpoint.OpenAccountAsync("other", CancellationToken.None), endpoint.Clock, "test-bucket");
        using var nobody = new OssClient(endpoint.Endpoint, null, endpoint.Clock, "test-bucket");
        foreach (var stranger in new[] { other, nobody })
        {
            Assert.Equal("AccessDenied", (await stranger.GetAsync("k")).Code);
            Assert.Equal("AccessDenied", (await stranger.GetAsync("not there")).Code);
            Assert.Equal("AccessDenied", (await stranger.PutAsync("k", "y")).Code);
            Assert.Equal("AccessDenied", (await stranger.SendAsync("DELETE", "k")).Code);
            Assert.Equal("AccessDenied", (await stranger.SendAsync("GET", "")).Code);
            Assert.Equal("AccessDenied", (await stranger.SendAsync("GET", "", "acl")).Code);
        }
        Assert.Equal("BucketAlreadyExists", (await other.SendAsync("PUT", "")).Code);
        Assert.Equal("x", (await oss.GetAsync("k")).Text);
    }

    [Fact]
    public async Task An_acl_opens_a_bucket_or_one_object()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        using var nobody = new OssClient(endpoint.Endpoint, null, endpoint.Clock, "test-bucket");
        await oss.PutAsync("open", "x", ("x-oss-object-acl", "public-read"));
        await oss.PutAsync("closed", "x", ("x-oss-object-acl", "private"));
        await oss.PutAsync("usual", "x");
        Assert.Equal(200, (await nobody.GetAsync("open")).Status);
        Assert.Equal(403, (await nobody.GetAsync("usual")).Status);
        await oss.SendAsync("PUT", "", "acl", headers: ("x-oss-acl", "public-read"));
        Assert.Equal(200, (await nobody.GetAsync("usual")).Status);
        Assert.Equal(403, (await nobody.GetAsync("closed")).Status);
        Assert.Equal(200, (await nobody.SendAsync("GET", "")).Status);
        Assert.Equal(403, (await nobody.PutAsync("new", "x")).Status);
        Assert.Equal("InvalidRequest", (await nobody.SendAsync("GET", "open", "response-content-type=text/html")).Code);
        await oss.SendAsync("PUT", "", "acl", headers: ("x-oss-acl", "public-read-write"));
        Assert.Equal(200, (await nobody.PutAsync("new", "x")).Status);
        Assert.Equal("InvalidArgument", (await oss.SendAsync("PUT", "", "acl", headers: ("x-oss-acl", "open"))).Code);
    }

    [Fact]
    public async Task A_response_header_that_is_asked_for_cannot_begin_another()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("k", "x");
        Assert.Equal("text/x", (await oss.SendAsync("GET", "k", "response-content-type=text%2Fx")).Headers["Content-Type"]);
        Assert.Equal("InvalidArgument", (await oss.SendAsync("GET", "k", "response-content-type=a%0D%0AX%3A%20b")).Code);
    }

    [Theory]
    [InlineData("GET", "", "worm", 501, "NotImplemented")]
    [InlineData("PUT", "", "lifecycle", 501, "NotImplemented")]
    [InlineData("DELETE", "", "cors", 501, "NotImplemented")]
    [InlineData("PUT", "", "versioning", 501, "NotImplemented")]
    [InlineData("GET", "k", "cors", 501, "NotImplemented")]
    [InlineData("GET", "", "versions", 501, "NotImplemented")]
    [InlineData("GET", "k", "symlink", 501, "NotImplemented")]
    [InlineData("GET", "k", "x-oss-process=image/resize,w_100", 501, "NotImplemented")]
    [InlineData("GET", "", "acl&location", 400, "InvalidArgument")]
    [InlineData("POST", "k", "", 405, "MethodNotAllowed")]
    [InlineData("PATCH", "k", "", 405, "MethodNotAllowed")]
    [InlineData("DELETE", "", "location", 405, "MethodNotAllowed")]
    [InlineData("GET", "k", "versionId=x", 404, "NoSuchVersion")]
    [InlineData("POST", "k", "restore", 400, "OperationNotSupported")]
    public async Task What_is_not_there_is_refused_and_never_ignored(string method, string key, string query, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("k", "x");
        var answer = await oss.SendAsync(method, key, query);
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Headers_that_ask_for_more_are_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        Assert.Equal("NotImplemented", (await oss.PutAsync("k", "x", ("x-oss-callback", "e30="))).Code);
        Assert.Equal("NotImplemented", (await oss.PutAsync("k", "x", ("x-oss-server-side-encryption", "AES256"))).Code);
        Assert.Equal("NotImplemented", (await oss.PutAsync("k", "x", ("x-oss-storage-class", "Archive"))).Code);
        Assert.Equal(404, (await oss.GetAsync("k")).Status);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("-front")]
    [InlineData("under_score")]
    public async Task A_bucket_has_a_plain_name(string name)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var byPath = new OssClient(endpoint.Endpoint, null, endpoint.Clock, name) { Host = "localhost" };
        Assert.Equal("InvalidBucketName", (await byPath.GetAsync(name + "/k")).Code);
    }

    [Fact]
    public async Task Another_regions_endpoint_says_which_one_it_is()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("k", "x", ("x-oss-object-acl", "public-read"));
        using var nobody = new OssClient(endpoint.Endpoint, null, endpoint.Clock, "test-bucket") { Host = "test-bucket.oss-cn-beijing.aliyuncs.com" };
        var answer = await nobody.GetAsync("k");
        Assert.Equal((403, "AccessDenied", "oss-cn-hangzhou.aliyuncs.com"), (answer.Status, answer.Code, answer.Xml.Element("Endpoint")!.Value));
        oss.Host = "test-bucket.oss-cn-beijing.aliyuncs.com";
        Assert.Equal("InvalidArgument", (await oss.GetAsync("k")).Code);
    }

    [Fact]
    public async Task Many_keys_go_at_once_but_not_too_many()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("a&b", "x");
        await oss.PutAsync("\u0001", "x");
        var done = await oss.PostXmlAsync("", "delete&encoding-type=url", "<Delete><Object><Key>a&amp;b</Key></Object><Object><Key>&#x1;</Key></Object><Object><Key>none</Key></Object></Delete>");
        Assert.Equal(["a%26b", "%01", "none"], done.Xml.Elements("Deleted").Select(static d => d.Element("Key")!.Value));
        Assert.Equal(404, (await oss.GetAsync("a&b")).Status);
        var quiet = await oss.PostXmlAsync("", "delete", "<Delete><Quiet>true</Quiet><Object><Key>x</Key></Object></Delete>");
        Assert.Equal((200, 0), (quiet.Status, quiet.Bytes.Length));
        Assert.Equal("MalformedXML", (await oss.PostXmlAsync("", "delete", $"<Delete>{string.Concat(Enumerable.Repeat("<Object><Key>x</Key></Object>", 1001))}</Delete>")).Code);
        Assert.Equal("MalformedXML", (await oss.PostXmlAsync("", "delete", "<Delete><Object>")).Code);
        Assert.Equal("EntityTooLarge", (await oss.PostXmlAsync("", "delete", $"<Delete>{new string(' ', 3 << 20)}</Delete>")).Code);
        Assert.Equal("MissingArgument", (await oss.SendAsync("POST", "", "delete", "<Delete><Object><Key>x</Key></Object></Delete>"u8.ToArray())).Code);
    }
}
