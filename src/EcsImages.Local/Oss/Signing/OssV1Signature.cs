using System.Security.Cryptography;
using System.Text;

namespace EcsImages.Local.Oss.Signing;

/// <summary>The older signature of OSS: HMAC-SHA1 over method, a few headers, and the resource with its signed parameters. Source: protocol.md, section 7.</summary>
internal static class OssV1Signature
{
    // Parameters of the query that change what is done; filters of listings are not among them. x-oss-* come on top.
    private static readonly HashSet<string> Signed = new(StringComparer.Ordinal)
    {
        "acl", "append", "asyncFetch", "bucketInfo", "callback", "callback-var", "cloudboxes", "cname", "comp", "continuation-token", "cors",
        "delete", "encryption", "endTime", "img", "inventory", "inventoryId", "lifecycle", "live", "location", "logging", "metaQuery",
        "objectMeta", "partNumber", "policy", "position", "qos", "qosInfo", "referer", "regionList", "replication", "replicationLocation",
        "replicationProgress", "requestPayment", "resourceGroup", "response-cache-control", "response-content-disposition",
        "response-content-encoding", "response-content-language", "response-content-type", "response-expires", "responseHeader", "restore",
        "rtc", "security-token", "sequential", "startTime", "stat", "status", "style", "styleName", "symlink", "tagging",
        "transferAcceleration", "udf", "udfApplication", "udfApplicationLog", "udfId", "udfImage", "udfImageDesc", "udfName", "uploadId",
        "uploads", "versionId", "versioning", "versions", "vod", "website", "worm", "wormExtend", "wormId",
    };

    /// <param name="request">As it came.</param>
    /// <param name="address">The reading of host and path to go by.</param>
    /// <param name="date">The date, or when a URL expires.</param>
    /// <param name="token">What stands for the values of security tokens; null for what was sent.</param>
    public static string StringToSign(OssRequest request, OssAddress address, string date, string? token = null)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n');
        text.Append(request.Header("content-md5")?.Trim()).Append('\n');
        text.Append(request.Header("content-type")?.Trim()).Append('\n');
        text.Append(date).Append('\n');
        foreach (var (name, value) in OssHeaders.Of(request, token)) text.Append(name).Append(':').Append(value).Append('\n');
        text.Append('/');
        if (address.Bucket.Length > 0) text.Append(address.Bucket).Append('/').Append(address.Key);
        var separator = '?';
        foreach (var (name, value) in request.Parameters.Where(static p => IsSigned(p.Key)).OrderBy(static p => p.Key, StringComparer.Ordinal))
        {
            text.Append(separator).Append(name);
            if (value.Length > 0) text.Append('=').Append(name == "security-token" ? token ?? value : value);
            separator = '&';
        }
        return text.ToString();
    }

#pragma warning disable CA5350 // What OSS signs by here; there is no choice.
    public static string Sign(string secret, string text) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    private static bool IsSigned(string name) => Signed.Contains(name) || name.StartsWith("x-oss-", StringComparison.Ordinal);
}
