using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs;

/// <summary>Parameters of a request that are kept for later: as one JSON text of a row, and as the fields that a reply shows of them.</summary>
internal static class KeptParameters
{
    /// <summary>What was given of the parameters of these names.</summary>
    public static Dictionary<string, string> Of(Call call, Func<string, bool> isKept) =>
        call.All.Keys.Where(isKept).Where(name => call.Text(name) is not null).ToDictionary(static name => name, name => call.Needed(name), StringComparer.Ordinal);

    public static string Write(IReadOnlyDictionary<string, string> parameters) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(new Dictionary<string, string>(parameters), StringComparer.Ordinal), JsonText.Default.SortedDictionaryStringString);

    public static IReadOnlyDictionary<string, string> Read(string text) => JsonSerializer.Deserialize(text, JsonText.Default.SortedDictionaryStringString)!;

    /// <summary>The name of the parameter that a wire name such as DataDisk.2.Size belongs to.</summary>
    public static string Top(string name) => name.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? name[..dot] : name;

    /// <summary>What was given of these fields of a reply; the contract says of which type each is.</summary>
    public static JsonObject Json(IReadOnlyList<ApiField> fields, Parameters kept)
    {
        var json = new JsonObject();
        foreach (var field in fields)
            if (Value(field, kept) is { } value) json[field.Name] = value;
        return json;
    }

    private static JsonNode? Value(ApiField field, Parameters kept) => field switch
    {
        { Type: "struct", Fields: [{ Type: "array" } list] } => Wrapped(field, list, kept),
        { Type: "struct" } => Json(field.Fields, kept.Struct(field.Name)) is { Count: > 0 } inner ? inner : null,
        // Tags travel as Key and Value, and are answered as TagKey and TagValue.
        { Name: "TagKey" or "TagValue" } => kept.Text(field.Name["Tag".Length..]),
        { Type: "boolean" } => kept.Bool(field.Name),
        { Type: "int32" or "int64" } => kept.Long(field.Name),
        { Type: "float" or "double" } => kept.Number(field.Name),
        _ => kept.Text(field.Name),
    };

    // DataDisk.N is answered as DataDisks: { DataDisk: [...] }, SecurityGroupIds.N as SecurityGroupIds: { SecurityGroupId: [...] }.
    private static JsonObject? Wrapped(ApiField field, ApiField list, Parameters kept)
    {
        string[] names = [field.Name, field.Name.TrimEnd('s')];
        JsonNode?[] items = list.ItemType == "struct"
            ? [.. names.SelectMany(kept.Structs).Select(item => Json(list.Fields, item))]
            : [.. names.SelectMany(kept.List).Select(static item => JsonValue.Create(item))];
        return items.Length > 0 ? Reply.Wrap(list.Name, items) : null;
    }
}
