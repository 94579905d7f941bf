using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Acs;

namespace EcsImages.Local.Oss.Signing;

/// <summary>OSS4-HMAC-SHA256. Source: protocol.md, section 7.</summary>
internal static class OssV4Signature
{
    public const string Algorithm = "OSS4-HMAC-SHA256";
    public const string Terminator = "aliyun_v4_request";
    private const string SignatureParameter = "x-oss-signature";

    /// <param name="request">As it came.</param>
    /// <param name="address">The reading of host and path to go by.</param>
    /// <param name="additional">Names of further signed headers, lower case.</param>
    /// <param name="isRaw">Whether the query is signed as it was sent, which one client does; otherwise strictly encoded.</param>
    /// <param name="token">What stands for the values of security tokens; null for what was sent.</param>
    public static string CanonicalRequest(OssRequest request, OssAddress address, IReadOnlyCollection<string> additional, bool isRaw, string? token = null)
    {
        var text = new StringBuilder();
        text.Append(request.Method).Append("\n/");
        if (address.Bucket.Length > 0) text.Append(PercentText.EncodePath(address.Bucket)).Append('/').Append(PercentText.EncodePath(address.Key));
        text.Append('\n').Append(Query(request, isRaw, token)).Append('\n');
        var names = new HashSet<string>(additional, StringComparer.Ordinal) { "content-type", "content-md5" };
        foreach (var (name, value) in OssHeaders.Of(request, token, names)) text.Append(name).Append(':').Append(value).Append('\n');
        text.Append('\n').AppendJoin(';', additional.Order(StringComparer.Ordinal)).Append('\n');
        return text.Append(request.Header("x-oss-content-sha256")?.Trim() ?? "UNSIGNED-PAYLOAD").ToString();
    }

    public static string StringToSign(string date, OssScope scope, string canonicalRequest) =>
        $"{Algorithm}\n{date}\n{scope}\n{Lower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";

    public static string Sign(string secret, OssScope scope, string text)
    {
        var key = Hmac(Encoding.UTF8.GetBytes("aliyun_v4" + secret), scope.Date);
        key = Hmac(Hmac(Hmac(key, scope.Region), scope.Product), Terminator);
        return Lower(Hmac(key, text));
    }

    private static string Query(OssRequest request, bool isRaw, string? token)
    {
        var pairs = isRaw ? request.RawParameters
            : request.Parameters.Select(static p => new KeyValuePair<string, string>(StrictEncoding.Encode(p.Key), StrictEncoding.Encode(p.Value)));
        return string.Join('&', pairs.Where(static p => p.Key != SignatureParameter)
            .OrderBy(static p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Value.Length == 0 ? p.Key : $"{p.Key}={(p.Key == OssHeaders.Token ? token ?? p.Value : p.Value)}"));
    }

    private static string Lower(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}

/// <summary>What a signing key is good for: a day, a region and a product.</summary>
internal sealed record OssScope(string Date, string Region, string Product)
{
    public override string ToString() => $"{Date}/{Region}/{Product}/{OssV4Signature.Terminator}";
}
