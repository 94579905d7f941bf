namespace EcsImages.Local.Tests.Oss;

public sealed class MultipartTests
{
    private const int Size = 100 * 1024;

    [Fact]
    public async Task Parts_come_in_any_order_and_again_and_with_gaps()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var id = await InitiateAsync(oss, "big", ("x-oss-meta-a", "1"), ("Content-Type", "application/x-disk"));
        var parts = new SortedDictionary<int, (string ETag, byte[] Bytes)>();
        foreach (var (number, seed) in new[] { (7, 1), (2, 2), (9000, 3), (2, 4) }) parts[number] = await UploadAsync(oss, "big", id, number, seed, number == 9000 ? 17 : Size);
        var before = ObjectTests.Contents(endpoint);
        var done = await CompleteAsync(oss, "big", id, parts.Select(static p => (p.Key, p.Value.ETag)));
        Assert.True(done.Status == 200, done.ToString());
        Assert.EndsWith("-3\"", done.Headers["ETag"], StringComparison.Ordinal);
        // No byte was copied: the files are those of the parts.
        Assert.Equal(before.Order(), ObjectTests.Contents(endpoint).Order());
        var got = await oss.GetAsync("big");
        Assert.Equal(parts.Values.SelectMany(static p => p.Bytes), got.Bytes);
        Assert.Equal(EcsImages.Core.Oss.Crc64.Append(0, got.Bytes).ToString(System.Globalization.CultureInfo.InvariantCulture), got.Headers["x-oss-hash-crc64ecma"]);
        Assert.Equal(("1", "application/x-disk", "Multipart"), (got.Headers["x-oss-meta-a"], got.Headers["Content-Type"], got.Headers["x-oss-object-type"]));
        Assert.Equal("NoSuchUpload", (await CompleteAsync(oss, "big", id, [(2, "x")])).Code);
    }

    [Fact]
    public async Task A_wrong_list_of_parts_is_refused_and_changes_nothing()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var id = await InitiateAsync(oss, "big");
        var (one, two) = ((await UploadAsync(oss, "big", id, 1, 1, 1000)).ETag, (await UploadAsync(oss, "big", id, 2, 2, Size)).ETag);
        Assert.Equal("InvalidPartOrder", (await CompleteAsync(oss, "big", id, [(2, two), (1, one)])).Code);
        Assert.Equal("InvalidPartOrder", (await CompleteAsync(oss, "big", id, [(2, two), (2, two)])).Code);
        Assert.Equal("InvalidPart", (await CompleteAsync(oss, "big", id, [(1, two)])).Code);
        Assert.Equal("InvalidPart", (await CompleteAsync(oss, "big", id, [(3, two)])).Code);
        Assert.Equal("EntityTooSmall", (await CompleteAsync(oss, "big", id, [(1, one), (2, two)])).Code);
        Assert.Equal("MalformedXML", (await oss.PostXmlAsync("big", $"uploadId={id}", "")).Code);
        Assert.Equal("MalformedXML", (await oss.PostXmlAsync("big", $"uploadId={id}", "<CompleteMultipartUpload/>")).Code);
        Assert.Equal("MalformedXML", (await oss.PostXmlAsync("big", $"uploadId={id}", "<!DOCTYPE a [<!ENTITY b 'c'>]><CompleteMultipartUpload><Part>&b;</Part></CompleteMultipartUpload>")).Code);
        Assert.Equal("InvalidArgument", (await oss.SendAsync("PUT", "big", $"uploadId={id}&partNumber=10001", [1])).Code);
        Assert.Equal("InvalidArgument", (await oss.SendAsync("PUT", "big", $"uploadId={id}&partNumber=0", [1])).Code);
        Assert.Equal(404, (await oss.GetAsync("big")).Status);
        Assert.Equal(2, (await oss.SendAsync("GET", "big", $"uploadId={id}")).Xml.Elements("Part").Count());
        var all = await oss.SendAsync("POST", "big", $"uploadId={id}", headers: ("x-oss-complete-all", "yes"));
        Assert.Equal("EntityTooSmall", all.Code);
    }

    [Fact]
    public async Task What_is_given_up_or_left_out_gives_its_room_back()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var id = await InitiateAsync(oss, "big");
        await UploadAsync(oss, "big", id, 1, 1, Size);
        var kept = await UploadAsync(oss, "big", id, 2, 2, Size);
        Assert.Equal("BucketNotEmpty", (await oss.SendAsync("DELETE", "")).Code);
        Assert.Equal(200, (await CompleteAsync(oss, "big", id, [(2, kept.ETag)])).Status);
        Assert.Single(ObjectTests.Contents(endpoint));
        var other = await InitiateAsync(oss, "other");
        await UploadAsync(oss, "other", other, 1, 1, Size);
        Assert.Equal(204, (await oss.SendAsync("DELETE", "other", $"uploadId={other}")).Status);
        Assert.Equal("NoSuchUpload", (await oss.SendAsync("DELETE", "other", $"uploadId={other}")).Code);
        Assert.Single(ObjectTests.Contents(endpoint));
        await oss.SendAsync("DELETE", "big");
        Assert.Empty(ObjectTests.Contents(endpoint));
        Assert.Equal(204, (await oss.SendAsync("DELETE", "")).Status);
    }

    [Fact]
    public async Task Parts_copied_from_an_object_share_its_bytes()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var bytes = new byte[3 * Size];
        new Random(1).NextBytes(bytes);
        await oss.SendAsync("PUT", "source", content: bytes);
        await oss.PutAsync("small", "0123456789");
        var id = await InitiateAsync(oss, "big");
        var first = await CopyPartAsync(oss, id, 1, "source", $"bytes={Size}-{3 * Size - 1}");
        var last = await CopyPartAsync(oss, id, 2, "small", "bytes=2-4");
        Assert.Equal("InvalidRange", (await oss.SendAsync("PUT", "big", $"uploadId={id}&partNumber=3", headers: [("x-oss-copy-source", "/test-bucket/small"), ("x-oss-copy-source-range", "bytes=5-10")])).Code);
        await oss.SendAsync("DELETE", "source");
        Assert.Equal(200, (await CompleteAsync(oss, "big", id, [(1, first), (2, last)])).Status);
        Assert.Single(ObjectTests.Contents(endpoint));
        byte[] expected = [.. bytes[Size..], .. "234"u8];
        Assert.Equal(expected, (await oss.GetAsync("big")).Bytes);
        Assert.Equal(expected[^5..^1], (await oss.GetAsync("big", ("Range", $"bytes={2 * Size - 2}-{2 * Size + 1}"))).Bytes);
    }

    [Fact]
    public async Task Uploads_are_listed_by_key_and_page_by_page()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var begun = new List<string>();
        foreach (var key in new[] { "b", "a/1", "b", "a/2", "c" }) begun.Add($"{key} {await InitiateAsync(oss, key)}");
        var (seen, marker) = (new List<string>(), "");
        while (true)
        {
            var xml = (await oss.SendAsync("GET", "", "uploads&max-uploads=2" + marker)).Xml;
            seen.AddRange(xml.Elements("Upload").Select(static u => $"{u.Element("Key")!.Value} {u.Element("UploadId")!.Value}"));
            if (xml.Element("IsTruncated")!.Value == "false") break;
            marker = $"&key-marker={Uri.EscapeDataString(xml.Element("NextKeyMarker")!.Value)}&upload-id-marker={xml.Element("NextUploadIdMarker")!.Value}";
        }
        Assert.Equal(begun.Order(StringComparer.Ordinal), seen);
        var folders = (await oss.SendAsync("GET", "", "uploads&delimiter=/")).Xml;
        Assert.Equal("a/", Assert.Single(folders.Elements("CommonPrefixes")).Element("Prefix")!.Value);
        Assert.Equal(3, folders.Elements("Upload").Count());
    }

    private static async Task<string> InitiateAsync(OssClient oss, string key, params (string, string)[] headers)
    {
        var answer = await oss.SendAsync("POST", key, "uploads", headers: headers);
        Assert.True(answer.Status == 200, answer.ToString());
        return answer.Xml.Element("UploadId")!.Value;
    }

    private static async Task<(string ETag, byte[] Bytes)> UploadAsync(OssClient oss, string key, string id, int number, int seed, int size)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        var answer = await oss.SendAsync("PUT", key, $"partNumber={number}&uploadId={id}", bytes);
        Assert.True(answer.Status == 200, answer.ToString());
        return (answer.Headers["ETag"], bytes);
    }

    private static async Task<string> CopyPartAsync(OssClient oss, string id, int number, string source, string range)
    {
        var answer = await oss.SendAsync("PUT", "big", $"uploadId={id}&partNumber={number}", headers: [("x-oss-copy-source", "/test-bucket/" + source), ("x-oss-copy-source-range", range)]);
        Assert.True(answer.Status == 200, answer.ToString());
        return answer.Xml.Element("ETag")!.Value;
    }

    private static Task<OssAnswer> CompleteAsync(OssClient oss, string key, string id, IEnumerable<(int Number, string ETag)> parts) => oss.PostXmlAsync(key, $"uploadId={id}",
        $"<CompleteMultipartUpload>{string.Concat(parts.Select(static p => $"<Part><PartNumber>{p.Number}</PartNumber><ETag>{p.ETag.Replace("\"", "&quot;", StringComparison.Ordinal)}</ETag></Part>"))}</CompleteMultipartUpload>");
}
