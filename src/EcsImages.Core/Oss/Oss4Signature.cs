using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oss;

/// <summary>Signs requests with OSS4-HMAC-SHA256, in the header. The body is not signed, as no client does; checksums tell whether it arrived.</summary>
/// <remarks>Source: the documentation of OSS, "Include a V4 signature in the Authorization header".</remarks>
internal static class Oss4Signature
{
    private const string Algorithm = "OSS4-HMAC-SHA256", Ending = "aliyun_v4_request", Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>Adds date, token and signature. Content headers that are signed stand in the content already.</summary>
    public static void Sign(HttpRequestMessage message, OssRequest request, AcsCredential credential, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        message.Headers.TryAddWithoutValidation("x-oss-date", time);
        message.Headers.TryAddWithoutValidation("x-oss-content-sha256", Unsigned);
        if (credential.SecurityToken is { } token) message.Headers.TryAddWithoutValidation("x-oss-security-token", token);
        var scope = $"{time[..8]}/{request.RegionId}/oss/{Ending}";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(message, request))))}";
        var signature = Hex(HMACSHA256.HashData(Key(credential.AccessKeySecret, scope), Encoding.UTF8.GetBytes(text)));
        message.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={credential.AccessKeyId}/{scope},Signature={signature}");
    }

    /// <summary>The query as it travels and as it is signed.</summary>
    public static string Query(OssRequest request) => string.Join('&', request.Query
        .Select(static q => (Name: StrictEncoding.Encode(q.Key), Value: q.Value is null ? null : StrictEncoding.Encode(q.Value)))
        .OrderBy(static q => q.Name, StringComparer.Ordinal)
        .Select(static q => string.IsNullOrEmpty(q.Value) ? q.Name : $"{q.Name}={q.Value}"));

    /// <summary>A key as it stands in a path.</summary>
    public static string Path(string key) => string.Join('/', key.Split('/').Select(StrictEncoding.Encode));

    private static string Canonical(HttpRequestMessage message, OssRequest request)
    {
        var headers = message.Headers.NonValidated.Concat(message.Content?.Headers.NonValidated.AsEnumerable() ?? [])
            .Select(static h => (Name: h.Key.ToLowerInvariant(), Value: string.Join(',', (IEnumerable<string>)h.Value).Trim()))
            .Where(static h => h.Name is "content-type" or "content-md5" || h.Name.StartsWith("x-oss-", StringComparison.Ordinal))
            .OrderBy(static h => h.Name, StringComparer.Ordinal);
        var text = new StringBuilder();
        text.Append(request.Method.Method).Append('\n');
        text.Append('/').Append(request.Bucket).Append('/').Append(Path(request.Key ?? "")).Append('\n');
        text.Append(Query(request)).Append('\n');
        foreach (var (name, value) in headers) text.Append(name).Append(':').Append(value).Append('\n');
        return text.Append('\n').Append('\n').Append(Unsigned).ToString();
    }

    private static byte[] Key(string secret, string scope) => scope.Split('/')
        .Aggregate(Encoding.UTF8.GetBytes("aliyun_v4" + secret), static (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
