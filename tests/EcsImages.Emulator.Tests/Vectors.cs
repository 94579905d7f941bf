using System.Text.Json;

namespace EcsImages.Emulator.Tests;

/// <summary>A request that a client of others sent, as it was on the wire.</summary>
public sealed record Vector(
    string Id, string Scheme, string Method, string Url, IReadOnlyList<IReadOnlyList<string>> Headers, string Body, string? Bucket = null, string? Key = null)
{
    public override string ToString() => Id;

    internal string? Header(string name) => Headers.FirstOrDefault(h => h[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];

    /// <summary>A header, or a parameter of query or form.</summary>
    internal string? Parameter(string name) => $"{Url.Split('?', 2).ElementAtOrDefault(1)}&{Body}".Split('&')
        .Where(p => p.StartsWith(name + "=", StringComparison.Ordinal)).Select(p => Uri.UnescapeDataString(p[(name.Length + 1)..].Replace('+', ' '))).FirstOrDefault();

    internal DateTimeOffset Date => DateTimeOffset.Parse(Header("x-acs-date") ?? Parameter("Timestamp")!, System.Globalization.CultureInfo.InvariantCulture);

    internal bool HasToken => Header("x-acs-security-token") is not null || Parameter("SecurityToken") is not null;
}

/// <summary>Data/vectors.json, which names its sources.</summary>
internal sealed record VectorFile(IReadOnlyDictionary<string, string> Credentials, IReadOnlyList<Vector> Cases)
{
    public static VectorFile All { get; } = Read();

    private static VectorFile Read()
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream("vectors.json")!;
        return JsonSerializer.Deserialize<VectorFile>(stream, JsonSerializerOptions.Web)!;
    }
}
