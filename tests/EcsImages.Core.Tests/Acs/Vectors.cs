using System.Text.Json;

namespace EcsImages.Core.Tests.Acs;

/// <summary>A request of another client, with its signature.</summary>
public sealed record Vector(
    string Id, string Method, string Url, IReadOnlyList<IReadOnlyList<string>> Headers, string Body,
    string CanonicalRequest, string StringToSign, string Signature)
{
    public override string ToString() => Id;

    internal string Header(string name) => Headers.First(h => h[0].Equals(name, StringComparison.OrdinalIgnoreCase))[1];

    internal bool Has(string name) => Headers.Any(h => h[0].Equals(name, StringComparison.OrdinalIgnoreCase));

    internal string KeyId => Header("Authorization").Split("Credential=")[1].Split(',')[0];

    internal string[] SignedHeaders => Header("Authorization").Split("SignedHeaders=")[1].Split(',')[0].Split(';');

    internal string Path => Url.Split('?')[0];

    internal IReadOnlyList<KeyValuePair<string, string>> Query =>
    [
        .. from part in (Url.Contains('?', StringComparison.Ordinal) ? Url.Split('?', 2)[1] : "").Split('&', StringSplitOptions.RemoveEmptyEntries)
           let at = part.IndexOf('=', StringComparison.Ordinal)
           select new KeyValuePair<string, string>(Uri.UnescapeDataString(part[..at]), Uri.UnescapeDataString(part[(at + 1)..])),
    ];
}

/// <summary>The vectors of Data/acs3-vectors.json, which names its sources.</summary>
internal sealed record VectorFile(IReadOnlyDictionary<string, string> Secrets, IReadOnlyList<Vector> Cases)
{
    public static VectorFile All { get; } = Read();

    private static VectorFile Read()
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream("acs3-vectors.json")!;
        return JsonSerializer.Deserialize<VectorFile>(stream, JsonSerializerOptions.Web)!;
    }
}
