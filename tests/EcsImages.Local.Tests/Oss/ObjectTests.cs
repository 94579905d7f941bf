namespace EcsImages.Local.Tests.Oss;

public sealed class ObjectTests
{
    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=8-", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-4", 206, "6789", "bytes 6-9/10")]
    [InlineData("bytes=9-9", 206, "9", "bytes 9-9/10")]
    [InlineData("bytes=5-10", 200, "0123456789", null)]
    [InlineData("bytes=10-", 200, "0123456789", null)]
    [InlineData("bytes=-11", 200, "0123456789", null)]
    [InlineData("bytes=-0", 200, "0123456789", null)]
    [InlineData("bytes=4-2", 200, "0123456789", null)]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("byte=0-3", 200, "0123456789", null)]
    [InlineData("bytes=0-99999999999999999999", 200, "0123456789", null)]
    public async Task A_range_that_is_not_all_there_is_ignored(string range, int status, string text, string? contentRange)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("k", "0123456789");
        var answer = await oss.GetAsync("k", ("Range", range));
        Assert.Equal((status, text, contentRange), (answer.Status, answer.Text, answer.Headers.GetValueOrDefault("Content-Range")));
    }

    [Theory]
    [InlineData("bytes=5-10", 206, "56789")]
    [InlineData("bytes=-11", 206, "0123456789")]
    [InlineData("bytes=10-", 416, "InvalidRange")]
    [InlineData("bytes=-0", 416, "InvalidRange")]
    public async Task With_standard_behaviour_a_range_is_cut_or_refused(string range, int status, string text)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("k", "0123456789");
        var answer = await oss.GetAsync("k", ("Range", range), ("x-oss-range-behavior", "standard"));
        Assert.Equal((status, text), (answer.Status, answer.Code ?? answer.Text));
    }

    [Fact]
    public async Task Ranges_of_large_objects_are_exact_at_the_edges_of_their_parts()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var bytes = new byte[3 * 1024 * 1024 + 5];
        new Random(3).NextBytes(bytes);
        Assert.Equal(200, (await oss.SendAsync("PUT", "large", content: bytes)).Status);
        foreach (var (start, end) in new[] { (0, 0), (1048575, 1048576), (1, 3 * 1048576), (2097152, bytes.Length - 1), (bytes.Length - 5, bytes.Length - 1) })
        {
            var answer = await oss.GetAsync("large", ("Range", $"bytes={start}-{end}"));
            Assert.Equal(206, answer.Status);
            Assert.True(answer.Bytes.AsSpan().SequenceEqual(bytes.AsSpan(start, end - start + 1)), $"{start}-{end}");
        }
    }

    [Fact]
    public async Task Conditions_hold_or_refuse()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var etag = (await oss.PutAsync("k", "x")).Headers["ETag"];
        var (now, before, after) = (Http(endpoint.Clock.Now), Http(endpoint.Clock.Now.AddHours(-1)), Http(endpoint.Clock.Now.AddHours(1)));
        foreach (var (name, value, status) in new[]
        {
            ("If-Match", etag, 200), ("If-Match", etag.Trim('"'), 200), ("If-Match", "*", 200), ("If-Match", "\"Y\"", 412),
            ("If-None-Match", etag, 304), ("If-None-Match", $"\"Y\", {etag}", 304), ("If-None-Match", "\"Y\"", 200),
            ("If-Modified-Since", before, 200), ("If-Modified-Since", now, 304), ("If-Modified-Since", "never", 200),
            ("If-Unmodified-Since", before, 412), ("If-Unmodified-Since", after, 200),
        })
        {
            Assert.Equal((name, value, status), (name, value, (await oss.GetAsync("k", (name, value))).Status));
            Assert.Equal((name, value, status), (name, value, (await oss.SendAsync("HEAD", "k", headers: (name, value))).Status));
        }
        Assert.Equal(304, (await oss.SendAsync("PUT", "copy", headers: [("x-oss-copy-source", "/test-bucket/k"), ("x-oss-copy-source-if-none-match", etag)])).Status);
        Assert.Equal(412, (await oss.SendAsync("PUT", "copy", headers: [("x-oss-copy-source", "/test-bucket/k"), ("x-oss-copy-source-if-match", "\"Y\"")])).Status);

        static string Http(DateTimeOffset time) => time.ToString("r", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_body_with_another_digest_leaves_nothing()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var large = new byte[200_000];
        Assert.Equal("BadDigest", (await oss.SendAsync("PUT", "k", content: large, headers: ("Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg=="))).Code);
        Assert.Equal("InvalidDigest", (await oss.SendAsync("PUT", "k", content: large, headers: ("Content-MD5", "1B2M"))).Code);
        Assert.Equal(404, (await oss.GetAsync("k")).Status);
        Assert.Empty(Contents(endpoint));
    }

    [Fact]
    public async Task What_was_overwritten_or_deleted_gives_its_room_back()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var large = new byte[200_000];
        large[^1] = 1;
        await oss.SendAsync("PUT", "k", content: large);
        Assert.Single(Contents(endpoint));
        await oss.SendAsync("PUT", "k", content: large);
        Assert.Single(Contents(endpoint));
        await oss.PutAsync("k", "small");
        Assert.Empty(Contents(endpoint));
        await oss.SendAsync("PUT", "k", content: large);
        Assert.Equal(204, (await oss.SendAsync("DELETE", "k")).Status);
        Assert.Empty(Contents(endpoint));
    }

    [Fact]
    public async Task A_copy_shares_the_bytes_and_outlives_its_source()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var large = new byte[200_000];
        new Random(5).NextBytes(large);
        await oss.SendAsync("PUT", "from", content: large, headers: ("x-oss-meta-a", "1"));
        Assert.Equal(200, (await oss.SendAsync("PUT", "to", headers: ("x-oss-copy-source", "/test-bucket/from"))).Status);
        Assert.Single(Contents(endpoint));
        await oss.SendAsync("DELETE", "from");
        var copy = await oss.GetAsync("to");
        Assert.Equal(large, copy.Bytes);
        Assert.Equal("1", copy.Headers["x-oss-meta-a"]);
        await oss.SendAsync("PUT", "to", headers: [("x-oss-copy-source", "/test-bucket/to"), ("x-oss-meta-b", "2")]);
        var same = await oss.SendAsync("HEAD", "to");
        Assert.Equal("2", same.Headers["x-oss-meta-b"]);
        Assert.DoesNotContain("x-oss-meta-a", same.Headers.Keys);
        Assert.Equal(large, (await oss.GetAsync("to")).Bytes);
    }

    [Fact]
    public async Task Appends_grow_an_object_whatever_their_sizes()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var (random, all) = (new Random(7), new List<byte>());
        string? crc = null;
        foreach (var size in new[] { 10, 20_000, 20_000, 0, 100_000, 5, 40_000, 1 })
        {
            var bytes = new byte[size];
            random.NextBytes(bytes);
            var answer = await oss.SendAsync("POST", "log", $"append&position={all.Count}", bytes);
            Assert.True(answer.Status == 200, answer.ToString());
            all.AddRange(bytes);
            Assert.Equal(all.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), answer.Headers["x-oss-next-append-position"]);
            crc = answer.Headers["x-oss-hash-crc64ecma"];
        }
        var got = await oss.GetAsync("log");
        Assert.Equal(all, got.Bytes);
        Assert.Equal(crc, got.Headers["x-oss-hash-crc64ecma"]);
        Assert.Equal(EcsImages.Core.Oss.Crc64.Append(0, got.Bytes).ToString(System.Globalization.CultureInfo.InvariantCulture), crc);
        Assert.Equal("PositionNotEqualToLength", (await oss.SendAsync("POST", "log", "append&position=3", [1])).Code);
        await oss.PutAsync("plain", "x");
        Assert.Equal("ObjectNotAppendable", (await oss.SendAsync("POST", "plain", "append&position=1", [1])).Code);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]        // more than are opened at once
    public async Task A_read_under_way_ends_well_though_its_object_is_deleted(int pieces)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var all = new byte[pieces * 110_000];
        new Random(9).NextBytes(all);
        for (var i = 0; i < pieces; i++)
            Assert.Equal(200, (await oss.SendAsync("POST", "log", $"append&position={i * 110_000}", all[(i * 110_000)..((i + 1) * 110_000)])).Status);
        using (var reply = await oss.OpenAsync("GET", "log", "", null))
        {
            var stream = await reply.Content.ReadAsStreamAsync();
            var start = new byte[1000];
            await stream.ReadExactlyAsync(start);
            Assert.Equal(204, (await oss.SendAsync("DELETE", "log")).Status);
            using var rest = new MemoryStream();
            await stream.CopyToAsync(rest);
            byte[] read = [.. start, .. rest.ToArray()];
            Assert.Equal(all, read);
        }
        await oss.SendAsync("PUT", "x", content: new byte[100_000]);
        await oss.SendAsync("DELETE", "x");
        Assert.Empty(Contents(endpoint));
    }

    [Fact]
    public async Task Another_process_sees_objects_and_they_survive_a_restart()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var large = new byte[2_000_000];
        new Random(11).NextBytes(large);
        await oss.SendAsync("PUT", "k", content: large);
        var other = await endpoint.OpenAsync();
        using var second = new OssClient(other, await other.OpenAccountAsync("main", CancellationToken.None), endpoint.Clock, "test-bucket");
        Assert.Equal(large, (await second.GetAsync("k")).Bytes);
        await endpoint.Endpoint.DisposeAsync();
        Assert.Equal(large, (await second.GetAsync("k")).Bytes);
    }

    [Fact]
    public async Task Keys_may_be_odd_but_not_anything()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        foreach (var key in new[] { "a b+c%2F", "目录/é", new string('k', 1023), "a//b", "\u0001\u001f", "~!'()*" })
        {
            Assert.Equal(200, (await oss.PutAsync(key, key)).Status);
            Assert.Equal(key, (await oss.GetAsync(key)).Text);
        }
        Assert.Equal("InvalidObjectName", (await oss.PutAsync(new string('k', 1024), "x")).Code);
        Assert.Equal("InvalidObjectName", (await oss.PutAsync(new string('中', 342), "x")).Code);
        Assert.Equal("InvalidObjectName", (await oss.PutAsync("\\a", "x")).Code);
        Assert.Equal("InvalidObjectName", (await oss.PutAsync("/a", "x")).Code);
    }

    [Fact]
    public async Task Metadata_have_a_limit_and_overwriting_can_be_forbidden()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        Assert.Equal("MetadataTooLarge", (await oss.PutAsync("k", "x", ("x-oss-meta-a", new string('a', 8200)))).Code);
        Assert.Equal(200, (await oss.PutAsync("k", "x", ("x-oss-forbid-overwrite", "true"))).Status);
        Assert.Equal("FileAlreadyExists", (await oss.PutAsync("k", "y", ("x-oss-forbid-overwrite", "true"))).Code);
        Assert.Equal("x", (await oss.GetAsync("k")).Text);
    }

    [Fact]
    public async Task What_an_object_is_can_be_asked_by_GET_as_by_HEAD()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var put = await oss.PutAsync("k", "hello", ("x-oss-meta-a", "1"));
        foreach (var method in new[] { "GET", "HEAD" })
        {
            var meta = await oss.SendAsync(method, "k", "objectMeta");
            Assert.Equal((200, "5", put.Headers["ETag"], put.Headers["x-oss-hash-crc64ecma"]),
                (meta.Status, meta.Headers["Content-Length"], meta.Headers["ETag"], meta.Headers["x-oss-hash-crc64ecma"]));
            Assert.DoesNotContain("x-oss-meta-a", meta.Headers.Keys);
            Assert.Equal(404, (await oss.SendAsync(method, "none", "objectMeta")).Status);
        }
        Assert.Equal("NoSuchKey", (await oss.SendAsync("GET", "none", "objectMeta")).Code);
    }

    [Fact]
    public async Task Tags_and_ACL_of_an_object_can_be_changed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        await oss.PutAsync("k", "x");
        Assert.Equal(200, (await oss.SendAsync("PUT", "k", "tagging", "<Tagging><TagSet><Tag><Key>color</Key><Value>red</Value></Tag></TagSet></Tagging>"u8.ToArray())).Status);
        Assert.Equal("red", (await oss.SendAsync("GET", "k", "tagging")).Xml.Descendants("Value").Single().Value);
        Assert.Equal("1", (await oss.SendAsync("HEAD", "k")).Headers["x-oss-tagging-count"]);
        Assert.Equal("InvalidTag", (await oss.SendAsync("PUT", "k", "tagging", "<Tagging><TagSet><Tag><Key></Key></Tag></TagSet></Tagging>"u8.ToArray())).Code);
        using var nobody = new OssClient(endpoint.Endpoint, null, endpoint.Clock, "test-bucket");
        Assert.Equal(403, (await nobody.GetAsync("k")).Status);
        Assert.Equal(200, (await oss.SendAsync("PUT", "k", "acl", headers: ("x-oss-object-acl", "public-read"))).Status);
        Assert.Equal("public-read", (await oss.SendAsync("GET", "k", "acl")).Xml.Descendants("Grant").Single().Value);
        Assert.Equal("x", (await nobody.GetAsync("k")).Text);
    }

    internal static string[] Contents(TestEndpoint endpoint)
    {
        var blobs = Path.Combine(endpoint.Folder, "blobs");
        return Directory.Exists(blobs) ? Directory.GetFiles(blobs, "c-*") : [];
    }
}
