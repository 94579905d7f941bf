using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcsImages.Core.Tests.Contract;

/// <summary>A request of another client: what it was given, where that is known, and what it sent.</summary>
public sealed record WireForm(string From, string Product, string Operation, JsonObject? Nested, IReadOnlyDictionary<string, string> Wire)
{
    /// <summary>The requests of Data/wire-forms.json, which names its sources.</summary>
    internal static IReadOnlyList<WireForm> All { get; } = Read();

    /// <summary>What it sent, as wire names.</summary>
    internal JsonObject Flat => new(Wire.Select(static p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value))));

    public override string ToString() => $"{From}: {Operation} ({string.Join(' ', Wire.Keys)})";

    private static WireForm[] Read()
    {
        using var stream = typeof(WireForm).Assembly.GetManifestResourceStream("wire-forms.json")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty("cases").Deserialize<WireForm[]>(JsonSerializerOptions.Web)!;
    }
}
