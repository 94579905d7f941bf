using System.Text;

namespace EcsImages.Local.Tests.Oss;

/// <summary>Requests that are signed well and make no sense.</summary>
public sealed class OddRequestTests
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];
    private static readonly string[] Keys = ["", "", "k", "big", "log", "a/b", "中\u0001"];
    private static readonly string[] Names =
    [
        "acl", "uploads", "uploadId", "partNumber", "delete", "append", "position", "tagging", "objectMeta", "list-type", "prefix", "delimiter", "marker",
        "max-keys", "continuation-token", "start-after", "encoding-type", "key-marker", "upload-id-marker", "max-uploads", "max-parts",
        "part-number-marker", "versionId", "response-content-type", "stat", "fetch-owner",
    ];
    private static readonly string[] Values = ["", "0", "1", "2", "-1", "9999999999999999999999", "url", "k", "%2F", "%00", "%E4%B8%AD", "CgJiYw--", "CgE-", "Cg%3D%3D", "x%0D%0Ay"];
    private static readonly (string, string)[] Headers =
    [
        ("Range", "bytes=0-"), ("Range", "bytes=--"), ("x-oss-range-behavior", "standard"), ("If-Match", "\""), ("If-Modified-Since", "x"),
        ("Content-MD5", "x"), ("x-oss-copy-source", "/test-bucket/k"), ("x-oss-copy-source", "k"), ("x-oss-copy-source", "/%ZZ/%FF"),
        ("x-oss-copy-source-range", "bytes=1-0"), ("x-oss-metadata-directive", "REPLACE"), ("x-oss-tagging", "a=b&a=c"), ("x-oss-tagging", "%%%"),
        ("x-oss-complete-all", "yes"), ("x-oss-acl", "private"), ("x-oss-object-acl", "x"), ("x-oss-storage-class", "IA"), ("x-oss-forbid-overwrite", "true"),
    ];
    private static readonly string[] Bodies =
    [
        "", "x", "<a/>", "<Delete><Object><Key></Key></Object></Delete>", "<Delete><Object><Key>k</Key></Object></Delete>", "<!DOCTYPE a [<!ENTITY b \"c\">]><Delete>&b;</Delete>",
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"x\"</ETag></Part></CompleteMultipartUpload>",
        "<CompleteMultipartUpload><Part><PartNumber>x</PartNumber></Part></CompleteMultipartUpload>",
        "<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>", "<CreateBucketConfiguration><StorageClass>x</StorageClass></CreateBucketConfiguration>", "<\0>", "\ufeff<Delete/>",
    ];

    [Fact]
    public async Task None_of_them_is_an_error_of_the_endpoint()
    {
        const int Seed = 4711;
        var random = new Random(Seed);
        await using var endpoint = await TestEndpoint.StartAsync();
        using var oss = await OssClient.WithBucketAsync(endpoint);
        var upload = (await oss.SendAsync("POST", "big", "uploads")).Xml.Element("UploadId")!.Value;
        for (var i = 0; i < 2000; i++)
        {
            var (method, key) = (Pick(Methods), Pick(Keys));
            var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Names) is var name && name == "uploadId" && random.Next(2) == 0
                ? $"uploadId={upload}" : $"{name}={Pick(Values)}"));
            var headers = Enumerable.Range(0, random.Next(3)).Select(_ => Pick(Headers)).DistinctBy(static h => h.Item1).ToArray();
            var body = Encoding.UTF8.GetBytes(Pick(Bodies));
            var answer = await oss.SendAsync(method, key, query, method is "PUT" or "POST" ? body : null, headers);
            Assert.True(answer.Status is < 500 or 501, $"Seed {Seed}, case {i}: {method} {key}?{query} [{string.Join(", ", headers)}] {Encoding.UTF8.GetString(body)}: {answer}");
            if (key.Length == 0 && method == "DELETE" && answer.Status == 204) await oss.SendAsync("PUT", "");
        }

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }
}
