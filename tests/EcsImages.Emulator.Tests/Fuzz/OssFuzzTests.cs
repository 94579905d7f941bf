using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EcsImages.Emulator.Tests.Oss;

namespace EcsImages.Emulator.Tests.Fuzz;

/// <summary>Signed requests to OSS with what stands in them by chance: each is done or refused.</summary>
public sealed partial class OssFuzzTests
{
    private const int Slice = 2000;

    private static readonly string[] Methods = ["GET", "GET", "GET", "HEAD", "PUT", "PUT", "PUT", "POST", "POST", "DELETE", "OPTIONS", "PATCH"];

    private static readonly string[] Resources =
    [
        "", "", "", "uploads", "uploadId", "partNumber=1&uploadId", "append&position=0", "append&position", "acl", "tagging", "delete", "list-type=2", "list-type=2&max-keys=1", "bucketInfo", "location", "stat",
        "versioning", "objectMeta", "restore", "symlink", "policy", "versionId", "response-content-type", "uploads&max-uploads=2", "prefix", "delimiter=/&prefix", "marker", "encoding-type", "continuation-token", "start-after", "max-keys",
    ];

    private static readonly string[] Values = ["", "0", "1", "-1", "2", "10001", "99999999999999999999", "url", "a/b", "%", "%C3%A9", "+", "k1", "=", "text/plain%0d%0ax", "YQ==", "YQ"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Range", ["bytes=0-0", "bytes=5-2", "bytes=-1", "bytes=0-99999999999999999999", "bytes=0-1,3-4", "x", "bytes=-"]),
        ("If-Match", ["*", "\"x\"", "x", "\"", ""]),
        ("If-None-Match", ["*", "\"x\""]),
        ("If-Modified-Since", ["Tue, 24 Nov 2026 04:00:00 GMT", "x", "0"]),
        ("If-Unmodified-Since", ["Tue, 24 Nov 2020 04:00:00 GMT", "never"]),
        ("Content-MD5", ["x", "", "1B2M2Y8AsgTpgAmY7PhCfg=="]),
        ("Content-Type", ["text/plain", "application/xml", "", "a;b;c"]),
        ("Content-Encoding", ["gzip", "aws-chunked"]),
        ("x-oss-copy-source", ["/fuzz1/k1", "/fuzz1", "fuzz1/k1", "/", "/none/k", "/fuzz1/%ff", "/fuzz1/k1?versionId=1", "%2Ffuzz1%2Fk1"]),
        ("x-oss-copy-source-range", ["bytes=0-1", "bytes=9-1", "x"]),
        ("x-oss-metadata-directive", ["COPY", "REPLACE", "x"]),
        ("x-oss-object-acl", ["private", "public-read", "x"]),
        ("x-oss-acl", ["private", "x"]),
        ("x-oss-storage-class", ["Standard", "IA", "x"]),
        ("x-oss-forbid-overwrite", ["true", "x"]),
        ("x-oss-tagging", ["a=b", "a=b&a=c", "%", "=", "a"]),
        ("x-oss-complete-all", ["yes", "no"]),
        ("x-oss-range-behavior", ["standard"]),
        ("x-oss-hash-crc64ecma", ["1", "x"]),
        ("x-oss-meta-a", ["b", "\u00e9", ""]),
        ("Origin", ["http://example.com"]),
    ];

    private static readonly string[] Bodies =
    [
        "", "a body of some length", "<Delete><Quiet>false</Quiet><Object><Key>k1</Key></Object><Object><Key>k2</Key></Object></Delete>",
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>",
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
        "<CreateBucketConfiguration><StorageClass>IA</StorageClass><DataRedundancyType>ZRS</DataRedundancyType></CreateBucketConfiguration>",
    ];

    private readonly List<string> _uploads = ["none"];

    [Fact]
    public async Task No_signed_request_is_an_error_of_the_server()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var oss = new OssSender(emulator.Address, EmulatorOptions.DefaultKey, TimeProvider.System);
        var done = 0;
        for (var i = 0; i < FuzzCases.Count(Slice); i++)
        {
            if (i % 50 == 0) await oss.SendAsync("PUT", "fuzz1", "");
            var random = FuzzCases.RandomOf(i);
            var (method, query, key) = (Any(random, Methods), Query(random), Key(random));
            var bucket = random.Next(15) == 0 ? "" : Any(random, ["fuzz1", "fuzz1", "fuzz1", "fuzz2", "UPPER", "-", "none-there"]);
            var body = random.Next(3) == 0 ? Mutation.Of(Any(random, Bodies), random) : Any(random, Bodies);
            var headers = Chosen(random, body);
            var reply = await oss.SendAsync(method, bucket, bucket.Length == 0 ? "" : key, query, body, headers);
            var sent = $"{method} {bucket}/{key}?{query}\n{string.Join('\n', headers)}\n\n{body}";
            Assert.True(reply.Status is < 500 or 501, FuzzCases.Describe(i, $"{reply}", sent));
            Assert.DoesNotContain("SignatureDoesNotMatch", reply.Body, StringComparison.Ordinal);
            if (reply.Status < 400) done++;
            foreach (Match upload in UploadId().Matches(reply.Body))
                if (_uploads.Count < 50) _uploads.Add(upload.Value);
        }
        Assert.True(done > FuzzCases.Count(Slice) / 20, $"Only {done} were done.");
    }

    private string Query(Random random)
    {
        var query = Any(random, Resources);
        if (query.EndsWith("uploadId", StringComparison.Ordinal) && random.Next(5) > 0) query += "=" + _uploads[random.Next(_uploads.Count)];
        else if (query.Length > 0 && random.Next(2) == 0) query += "=" + Any(random, Values);
        if (random.Next(6) == 0) query += "&" + Any(random, Resources) + "=" + Any(random, Values);
        return query.Trim('&');
    }

    private static string Key(Random random) => random.Next(10) switch
    {
        0 => "",
        1 => new string('k', random.Next(1000, 1100)),
        2 => "../../etc/passwd",
        3 => "a//b/./\u4e2d \ud83d\ude00+%",
        4 => "\u0001\n",
        _ => $"k{random.Next(6)}",
    };

    private static (string, string)[] Chosen(Random random, string body)
    {
        var chosen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var n = Math.Max(0, random.Next(-2, 3)); n > 0; n--)
        {
            var (name, values) = Headers[random.Next(Headers.Length)];
            chosen[name] = Any(random, values);
        }
#pragma warning disable CA5351 // Content-MD5 is what the protocol has.
        if (random.Next(2) == 0) chosen["Content-MD5"] = Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351
        return [.. chosen.Select(static h => (h.Key, h.Value))];
    }

    private static string Any(Random random, string[] values) => values[random.Next(values.Length)];

    [GeneratedRegex("(?<=<UploadId>)[0-9A-F]{32}")]
    private static partial Regex UploadId();
}
