using System.Text.Json;

namespace EcsImages.Local.Catalog;

/// <summary>Reads a data file that is embedded in this assembly.</summary>
internal static class CatalogFile
{
    public static T[] Read<T>(string file, string list, Func<JsonElement, T> read)
    {
        using var stream = typeof(CatalogFile).Assembly.GetManifestResourceStream("catalog/" + file)
            ?? throw new InvalidOperationException($"The catalog {file} is not embedded in this build.");
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.GetProperty(list).EnumerateArray().Select(read)];
    }

    public static string Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    public static bool Flag(this JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static string[] Texts(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(static v => v.GetString()!)] : [];
}
