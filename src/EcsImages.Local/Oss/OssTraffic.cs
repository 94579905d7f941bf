namespace EcsImages.Local.Oss;

/// <summary>Tells requests to OSS from those to the products of the RPC kind, which come to the same port.</summary>
internal static class OssTraffic
{
    // The second version is refused, but in OSS's words.
    private static readonly string[] Schemes = ["OSS ", "OSS2 ", "OSS4-"];

    public static bool IsOss(OssHosts hosts, string method, string host, string path, string rawQuery, Func<string, string?> header)
    {
        if (hosts.IsOss(host)) return true;
        var authorization = header("authorization");
        if (authorization is not null) return Schemes.Any(s => authorization.StartsWith(s, StringComparison.Ordinal));
        var names = rawQuery.Split('&').Select(static p => p.Split('=', 2)[0]).ToArray();
        if (names.Contains("OSSAccessKeyId") || names.Contains("x-oss-signature-version")) return true;
        // Without a signature it can be an object that anyone may read. All calls of the other kind go to the root.
        return hosts.IsShared(host) && path.Length > 1 && header("x-acs-action") is null
            && !names.Contains("Action") && !names.Contains("SignatureNonce") && method is not "OPTIONS";
    }
}
