using System.Globalization;
using System.Text.Json;

namespace EcsImages.Core.Contract;

/// <summary>Reads an operation out of a contract file.</summary>
internal static class ContractReader
{
    public static ApiOperation Operation(JsonElement json) => new(
        json.GetProperty("name").GetString()!,
        Fields(json, "request"),
        Fields(json, "response"),
        json.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(static e => new ApiError(e.GetProperty("code").GetString()!, Status(e)))]
            : [])
    {
        Notes = json.TryGetProperty("notes", out var notes) ? [.. notes.EnumerateArray().Select(static n => n.ToString())] : [],
    };

    private static int Status(JsonElement error) =>
        error.TryGetProperty("http", out var http) && http.ValueKind == JsonValueKind.Number ? http.GetInt32() : 400;

    private static IReadOnlyList<ApiField> Fields(JsonElement json, string name) =>
        json.TryGetProperty(name, out var fields) ? [.. fields.EnumerateArray().Select(Field)] : [];

    private static ApiField Field(JsonElement json) => new()
    {
        Name = json.GetProperty("name").GetString()!,
        Type = json.GetProperty("type").GetString()!,
        ItemType = Text(json, "itemType"),
        Wire = Text(json, "wire"),
        Required = json.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.True,
        Style = Text(json, "style"),
        Holds = Text(json, "holds"),
        Example = Text(json, "example"),
        Note = Text(json, "note"),
        Range = Bounds(Text(json, "range")),
        Length = Bounds(Text(json, "length")),
        MaxItems = json.TryGetProperty("maxItems", out var most) && most.ValueKind == JsonValueKind.Number ? most.GetInt32() : null,
        KnownValues = json.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(static v => v.ToString())] : [],
        Default = Text(json, "default"),
        Fields = Fields(json, "fields"),
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    // "lo..hi", either side may be empty.
    private static ApiBounds? Bounds(string? text)
    {
        if (text?.Split("..") is not [var least, var most]) return null;
        return new ApiBounds(Number(least), Number(most));
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
