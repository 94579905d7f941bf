using System.Text;

namespace EcsImages.Core.Tests.Support;

/// <summary>A request as a server sees it.</summary>
internal sealed record SentRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string this[string header] => Headers[header];

    public string Action => Headers["x-acs-action"];

    /// <summary>The decoded parameters, of the query and of a form.</summary>
    public IReadOnlyDictionary<string, string> Parameters => Pairs.ToDictionary(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, string>> Pairs =>
        from part in $"{Uri.Query.TrimStart('?')}&{Encoding.UTF8.GetString(Body)}".Split('&', StringSplitOptions.RemoveEmptyEntries)
        let at = part.IndexOf('=')
        select new KeyValuePair<string, string>(Uri.UnescapeDataString(part[..at]), Uri.UnescapeDataString(part[(at + 1)..]));

    public string Signature => Headers["Authorization"].Split("Signature=")[1];

    /// <summary>The signature that the service would compute over what arrived, written independently of the client.</summary>
    public string ExpectedSignature(string secret)
    {
        var names = Headers["Authorization"].Split("SignedHeaders=")[1].Split(',')[0];
        var query = string.Join('&', Uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).OrderBy(static p => p.Split('=')[0], StringComparer.Ordinal));
        var signed = string.Concat(names.Split(';').Select(n => $"{n}:{Headers[n]}\n"));
        var canonical = $"{Method}\n/\n{query}\n{signed}\n{names}\n{Hex(System.Security.Cryptography.SHA256.HashData(Body))}";
        var text = "ACS3-HMAC-SHA256\n" + Hex(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        return Hex(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }

    public static async Task<SentRequest> ReadAsync(HttpRequestMessage request)
    {
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(static h => h.Key, static h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(request.Method.Method, request.RequestUri!, headers, request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync());
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
