using System.Text.Json;
using EcsImages.Core.Contract;

namespace EcsImages.Local.Tests;

/// <summary>Holds a reply to the contract: no field that it does not have, each of its type, all the way down.</summary>
internal static class ReplyShape
{
    public static void AssertMatches(ApiOperation operation, JsonElement reply)
    {
        var faults = new List<string>();
        Compare(operation.Name, operation.Response, reply, faults);
        Assert.True(faults.Count == 0, string.Join("\n", faults.Distinct()));
    }

    private static void Compare(string at, IReadOnlyList<ApiField> fields, JsonElement json, List<string> faults)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (fields.FirstOrDefault(f => f.Name == member.Name) is { } field) CompareValue($"{at}.{member.Name}", field, member.Value, faults);
            else faults.Add($"{at}.{member.Name} is not in the contract");
        }
    }

    private static void CompareValue(string at, ApiField field, JsonElement value, List<string> faults)
    {
        if (!Fits(field.Type, value))
        {
            faults.Add($"{at} is {value.ValueKind}, the contract says {field.Type}");
            return;
        }
        if (field.Type == "struct") Compare(at, field.Fields, value, faults);
        if (field.Type != "array") return;
        foreach (var item in value.EnumerateArray())
        {
            if (!Fits(field.ItemType ?? "string", item)) faults.Add($"{at}[] is {item.ValueKind}, the contract says {field.ItemType}");
            else if (field.ItemType == "struct") Compare(at + "[]", field.Fields, item, faults);
        }
    }

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "int32" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "int64" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float" or "double" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
