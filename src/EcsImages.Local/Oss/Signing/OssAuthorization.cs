namespace EcsImages.Local.Oss.Signing;

/// <summary>How a request says who sends it: which scheme, which key, and the signature, in the header or in the query.</summary>
/// <param name="KeyId">Of the access key.</param>
/// <param name="Signature">As given.</param>
/// <param name="Scope">Of the newer scheme; null for the older one.</param>
/// <param name="Additional">Further signed headers, lower case.</param>
/// <param name="IsUrl">Whether it stands in the query.</param>
internal sealed record OssAuthorization(string KeyId, string Signature, OssScope? Scope, IReadOnlyCollection<string> Additional, bool IsUrl)
{
    /// <summary>Null for an anonymous request.</summary>
    /// <exception cref="OssError">There is one, but it cannot be read.</exception>
    public static OssAuthorization? Of(OssRequest request)
    {
        if (request.Header("authorization") is { } header) return OfHeader(header.Trim());
        if (request.Parameter("x-oss-signature-version") is { } version) return OfV4Url(request, version);
        if (request.Parameter("OSSAccessKeyId") is not { } key) return null;
        return new(key, Need(request, "Signature"), null, [], IsUrl: true);
    }

    private static OssAuthorization OfHeader(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, rest) = space < 0 ? (text, "") : (text[..space], text[(space + 1)..].Trim());
        if (scheme == "OSS" && rest.LastIndexOf(':') is > 0 and var colon) return new(rest[..colon], rest[(colon + 1)..], null, [], IsUrl: false);
        if (scheme != OssV4Signature.Algorithm) throw OssError.Argument("Authorization", scheme, "InvalidArgument.Authorization");
        var parts = rest.Split(',', StringSplitOptions.TrimEntries).Select(static p => p.Split('=', 2)).Where(static p => p.Length == 2)
            .GroupBy(static p => p[0], StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First()[1], StringComparer.Ordinal);
        if (!parts.TryGetValue("Credential", out var credential) || !parts.TryGetValue("Signature", out var signature))
            throw OssError.Argument("Authorization", scheme, "InvalidArgument.Authorization");
        var (key, scope) = Credential(credential);
        return new(key, signature, scope, Names(parts.GetValueOrDefault("AdditionalHeaders")), IsUrl: false);
    }

    private static OssAuthorization OfV4Url(OssRequest request, string version)
    {
        if (version != OssV4Signature.Algorithm) throw OssError.Argument("x-oss-signature-version", version);
        var (key, scope) = Credential(Need(request, "x-oss-credential"));
        return new(key, Need(request, "x-oss-signature"), scope, Names(request.Parameter("x-oss-additional-headers")), IsUrl: true);
    }

    private static (string Key, OssScope Scope) Credential(string text) => text.Split('/') switch
    {
        [{ Length: > 0 } key, { Length: 8 } date, { Length: > 0 } region, "oss" or "oss-cloudbox", OssV4Signature.Terminator] parts =>
            (key, new OssScope(date, region, parts[3])),
        _ => throw OssError.Argument("Credential", text, "InvalidArgument.Scope"),
    };

    private static string[] Names(string? text) =>
    [
        .. (text ?? "").ToLowerInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(static n => !IsSignedAnyway(n)).Distinct(),
    ];

    private static bool IsSignedAnyway(string name) => name is "content-type" or "content-md5" || name.StartsWith("x-oss-", StringComparison.Ordinal);

    private static string Need(OssRequest request, string name) =>
        request.Parameter(name) is { Length: > 0 } value ? value : throw OssError.Argument(name, "", "MissingArgument");
}
