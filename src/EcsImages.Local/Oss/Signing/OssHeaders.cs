namespace EcsImages.Local.Oss.Signing;

/// <summary>The headers of OSS's own in a request, as both signatures want them: lower case, trimmed, by name.</summary>
internal static class OssHeaders
{
    public const string Token = "x-oss-security-token";

    /// <param name="request">As it came.</param>
    /// <param name="token">What stands for the value of a security token; null for what was sent.</param>
    /// <param name="more">Further names, lower case.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(OssRequest request, string? token, IReadOnlyCollection<string>? more = null) => request.Headers
        .Select(static h => h.Key.ToLowerInvariant())
        .Where(n => n.StartsWith("x-oss-", StringComparison.Ordinal) || more?.Contains(n) is true)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select(n => new KeyValuePair<string, string>(n, n == Token && token is not null ? token : request.Header(n)!.Trim()));
}
