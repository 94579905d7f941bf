using System.Text;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Tests.Oss;

public sealed class ListTests
{
    private static readonly string[] Keys = MakeKeys();

    [Theory]
    [InlineData("", "", 1000)]
    [InlineData("", "/", 7)]
    [InlineData("d1/", "/", 100)]
    [InlineData("d1/", "", 13)]
    [InlineData("目录", "", 5)]
    [InlineData("", "录", 50)]
    [InlineData("none", "", 10)]
    [InlineData("", "\U0001F600", 1)]
    public async Task Pages_together_are_the_whole_in_byte_order(string prefix, string delimiter, int most)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        endpoint.Arrange(static session =>
        {
            foreach (var key in Keys) Object(key, BodyRows.Create(session)).Put(session);
        });
        var expected = Expected(prefix, delimiter);
        Assert.Equal(expected, await AllAsync(oss, prefix, delimiter, most, isSecond: false));
        Assert.Equal(expected, await AllAsync(oss, prefix, delimiter, most, isSecond: true));
    }

    [Fact]
    public async Task A_listing_says_what_it_was_asked_for()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        foreach (var key in new[] { "a", "b c", "d" }) await oss.PutAsync(key, key);
        var xml = (await oss.SendAsync("GET", "", "list-type=2&start-after=a&max-keys=1&encoding-type=url&fetch-owner=true")).Xml;
        Assert.Equal("b%20c", xml.Element("Contents")!.Element("Key")!.Value);
        Assert.Equal("1", xml.Element("KeyCount")!.Value);
        Assert.Equal("true", xml.Element("IsTruncated")!.Value);
        Assert.NotNull(xml.Element("Contents")!.Element("Owner"));
        foreach (var bad in new[] { "max-keys=0", "max-keys=1001", "max-keys=x", "encoding-type=base64", "list-type=3", "list-type=2&continuation-token=!!" })
            Assert.Equal("InvalidArgument", (await oss.SendAsync("GET", "", bad)).Code);
    }

    private static async Task<List<string>> AllAsync(OssClient oss, string prefix, string delimiter, int most, bool isSecond)
    {
        var (all, next) = (new List<string>(), (string?)null);
        do
        {
            var query = $"prefix={Uri.EscapeDataString(prefix)}&delimiter={Uri.EscapeDataString(delimiter)}&max-keys={most}&encoding-type=url"
                + (isSecond ? "&list-type=2" : "")
                + (next is null ? "" : $"&{(isSecond ? "continuation-token" : "marker")}={Uri.EscapeDataString(next)}");
            var answer = await oss.SendAsync("GET", "", query);
            Assert.True(answer.Status == 200, answer.ToString());
            var xml = answer.Xml;
            var page = xml.Elements("Contents").Select(static c => c.Element("Key")!.Value).Concat(xml.Elements("CommonPrefixes").Select(static c => c.Element("Prefix")!.Value))
                .Select(Uri.UnescapeDataString).ToList();
            Assert.True(page.Count <= most);
            all.AddRange(page);
            next = Decode(xml.Element(isSecond ? "NextContinuationToken" : "NextMarker")?.Value);
            Assert.Equal(next is not null, xml.Element("IsTruncated")!.Value == "true");
        }
        while (next is not null);
        return [.. all.OrderBy(static k => k, ByBytes.Instance)];

        static string? Decode(string? text) => text is null ? null : Uri.UnescapeDataString(text);
    }

    private static List<string> Expected(string prefix, string delimiter) =>
    [
        .. Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
            .Select(k => delimiter.Length > 0 && k.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at ? k[..(at + delimiter.Length)] : k)
            .Distinct().OrderBy(static k => k, ByBytes.Instance),
    ];

    private static string[] MakeKeys()
    {
        var random = new Random(2500);
        string[] pieces = ["d1/", "d2/", "目录", "é", "\u0001", "\uffff", "\U0001F600", "a", "Z", "~", " ", "+", "%", "&", "'", "/", "0"];
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (keys.Count < 2500)
        {
            var key = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (key[0] is not '/') keys.Add(key);
        }
        return [.. keys];
    }

    private static StoredObject Object(string key, long body) => new()
    {
        Bucket = "test-bucket",
        Key = Encoding.UTF8.GetBytes(key),
        Body = body,
        Size = 0,
        Type = StoredObject.Normal,
        ETag = "\"D41D8CD98F00B204E9800998ECF8427E\"",
        Crc64 = 0,
        Traits = new ObjectTraits("Standard", "default", new Dictionary<string, string>(), new Dictionary<string, string>()),
        ModifiedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed class ByBytes : IComparer<string>
    {
        public static ByBytes Instance { get; } = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
