using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oos.Templates;

/// <summary>Fills in what a template refers to as {{ name }}, and decides its functions Fn::If and Fn::Equals.</summary>
/// <param name="find">The value of a name; null where it has none.</param>
internal sealed partial class References(Func<string, JsonNode?> find)
{
    // What was filled in is not looked into again: a command may have braces of its own.
    public JsonNode? Fill(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } function when function["Fn::If"] is JsonArray { Count: 3 } choice => Fill(IsTrue(choice[0]) ? choice[1] : choice[2]),
        JsonObject { Count: 1 } function when function["Fn::Equals"] is not null => IsTrue(node),
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Fill(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Fill)]),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => Fill(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    /// <summary>Whether a condition holds.</summary>
    public bool IsTrue(JsonNode? condition) =>
        condition is JsonObject map && map["Fn::Equals"] is JsonArray { Count: 2 } sides && JsonNode.DeepEquals(Fill(sides[0]), Fill(sides[1]));

    // A text that is one reference keeps the type of what it refers to.
    private JsonNode Fill(string text) => Reference().Match(text) is { Success: true } match && match.Length == text.Length
        ? Need(match.Groups[1].Value).DeepClone()
        : JsonValue.Create(Reference().Replace(text, m => Need(m.Groups[1].Value).ToString()));

    private JsonNode Need(string name) => find(name) ?? throw Error.Of("InvalidParameter", name, "the template refers to it, and it has no value; its task did not succeed.");

    [GeneratedRegex(@"\{\{\s*([A-Za-z0-9_:.]+)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
