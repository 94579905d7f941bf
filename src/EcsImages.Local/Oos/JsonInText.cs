using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oos;

/// <summary>Texts of a call that hold JSON.</summary>
internal static class JsonInText
{
    /// <summary>The object in a parameter; an empty one where nothing was sent.</summary>
    /// <exception cref="EndpointError">InvalidParameter: something else.</exception>
    public static JsonObject Object(Call call, string parameter) =>
        call.Text(parameter) is not { } text ? []
        : Parse(parameter, text) as JsonObject ?? throw Error.Invalid(parameter, "it is not a JSON object.");

    /// <exception cref="EndpointError">InvalidParameter: no JSON, or an object with a name twice.</exception>
    public static JsonNode? Parse(string parameter, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            // Otherwise the second one shows as a fault, and only when somebody looks it up.
            if (Twice(document.RootElement) is { } name) throw Error.Invalid(parameter, $"the name {name} is in it twice.");
            return JsonNode.Parse(text);
        }
        catch (JsonException e)
        {
            throw Error.Invalid(parameter, $"it is not JSON: {e.Message}");
        }
    }

    private static string? Twice(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Array) return json.EnumerateArray().Select(Twice).FirstOrDefault(static n => n is not null);
        if (json.ValueKind is not JsonValueKind.Object) return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (!names.Add(member.Name)) return member.Name;
            if (Twice(member.Value) is { } name) return name;
        }
        return null;
    }
}
