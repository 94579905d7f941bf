using System.Text.Json;

namespace EcsImages.Core.Ram;

/// <summary>Reads a policy document, and refuses what the published grammar does not have.</summary>
internal static class RamPolicyReader
{
    private static readonly string[] StatementElements = ["Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    // Deeper than Statement, Condition, operator, values nothing can be.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    public static RamPolicy Read(string document)
    {
        if (document.Length > RamPolicy.MaxCharacters)
            throw new RamPolicyException($"The policy has {document.Length} characters; RAM takes up to {RamPolicy.MaxCharacters} in one policy.");
        try
        {
            using var json = JsonDocument.Parse(document, Options);
            return Policy(json.RootElement);
        }
        catch (JsonException e)
        {
            throw new RamPolicyException($"The policy is not JSON: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: {FirstSentence(e.Message)}", e);
        }
        // Half a surrogate pair, written as an escape, is seen only when the text is taken out.
        catch (InvalidOperationException e)
        {
            throw new RamPolicyException($"The policy is not JSON: {FirstSentence(e.Message)}", e);
        }
    }

    private static RamPolicy Policy(JsonElement root)
    {
        var elements = Elements(root, "", ["Version", "Statement"]);
        if (!elements.TryGetValue("Version", out var version) || version.ValueKind is not JsonValueKind.String || version.GetString() != "1")
            throw Wrong("Version", "it must be there, and be the text \"1\"");
        if (!elements.TryGetValue("Statement", out var statements)) throw Wrong("Statement", "it must be there");
        if (statements.ValueKind is JsonValueKind.Object) return new RamPolicy([Statement(statements, "Statement")]);
        if (statements.ValueKind is not JsonValueKind.Array || statements.GetArrayLength() == 0)
            throw Wrong("Statement", "it must be a statement, or a list of at least one");
        return new RamPolicy([.. statements.EnumerateArray().Select(static (s, index) => Statement(s, $"Statement[{index}]"))]);
    }

    private static RamStatement Statement(JsonElement json, string path)
    {
        var elements = Elements(json, path, StatementElements);
        if (!elements.TryGetValue("Effect", out var effect) || effect.ValueKind is not JsonValueKind.String || effect.GetString() is not ("Allow" or "Deny"))
            throw Wrong($"{path}.Effect", "it must be there, and be \"Allow\" or \"Deny\"");
        return new RamStatement(
            effect.GetString() == "Allow" ? RamEffect.Allow : RamEffect.Deny,
            Patterns(elements, path, "Action", "ecs:Describe*, a product and an operation", IsAction),
            Patterns(elements, path, "Resource", "acs:ecs:*:*:image/*, acs and then product, region, account and resource", IsResource),
            elements.TryGetValue("Condition", out var conditions) ? Conditions(conditions, $"{path}.Condition") : []);
    }

    private static RamPatterns Patterns(Dictionary<string, JsonElement> elements, string path, string name, string form, Func<string, bool> isOne)
    {
        var hasPlain = elements.TryGetValue(name, out var plain);
        var hasExcept = elements.TryGetValue("Not" + name, out var except);
        if (hasPlain == hasExcept) throw Wrong(path, $"it must have either {name} or Not{name}");
        var own = $"{path}.{(hasPlain ? name : "Not" + name)}";
        var values = Texts(hasPlain ? plain : except, own);
        if (values.FirstOrDefault(v => v != "*" && !isOne(v)) is { } odd) throw Wrong(own, $"'{odd}' is neither * nor of the form {form}");
        return new RamPatterns(values, hasExcept);
    }

    private static List<RamCondition> Conditions(JsonElement json, string path)
    {
        var conditions = new List<RamCondition>();
        foreach (var (name, keys) in Elements(json, path, null))
        {
            if (!RamOperators.All.Contains(name))
                throw Wrong(path, $"'{name}' is no condition operator; there are {string.Join(", ", RamOperators.All)}");
            foreach (var (key, values) in Elements(keys, $"{path}.{name}", null))
            {
                var condition = new RamCondition(name, key, Texts(values, $"{path}.{name}.{key}"));
                if (RamOperators.Misfit(condition) is { } misfit) throw Wrong($"{path}.{name}.{key}", misfit);
                conditions.Add(condition);
            }
        }
        return conditions;
    }

    private static Dictionary<string, JsonElement> Elements(JsonElement json, string path, string[]? known)
    {
        if (json.ValueKind is not JsonValueKind.Object) throw Wrong(path, $"it must be an object, not {Kind(json)}");
        var elements = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name.Length == 0) throw Wrong(path, "it has an element without a name");
            if (known is not null && !known.Contains(member.Name)) throw Wrong(path, Unknown(member.Name, known));
            if (!elements.TryAdd(member.Name, member.Value)) throw Wrong(path, $"it has '{member.Name}' twice");
        }
        return elements;
    }

    private static string Unknown(string name, string[] known) =>
        known.FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } meant ? $"'{name}' must be written '{meant}'"
        : name is "Principal" ? "Principal belongs to the trust policy of a role, not to what an identity may do"
        : $"'{name}' is no element of it; there are {string.Join(", ", known)}";

    // One value and a list of one are the same. Numbers and booleans stand in quotation marks as well.
    private static string[] Texts(JsonElement json, string path)
    {
        JsonElement[] items = json.ValueKind is JsonValueKind.Array ? [.. json.EnumerateArray()] : [json];
        if (items.Length == 0) throw Wrong(path, "the list is empty");
        return [.. items.Select(item => item.ValueKind is JsonValueKind.String && item.GetString() is { Length: > 0 } text ? text
            : throw Wrong(path, $"it must be a text that is not empty, or a list of such, not {Kind(item)}"))];
    }

    private static bool IsAction(string text) =>
        text.Split(':') is [{ Length: > 0 } product, { Length: > 0 } operation] && product.Concat(operation).All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*' or '?');

    private static bool IsResource(string text) =>
        text.Split(':', 5) is ["acs", { Length: > 0 }, _, _, { Length: > 0 }] && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static string Kind(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "an empty text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private static RamPolicyException Wrong(string path, string why) =>
        new($"The policy is not valid{(path.Length == 0 ? "" : $" at {path}")}: {why}.");

    private static string FirstSentence(string text) => text.Split(". ", 2)[0].Split(" Path:", 2)[0].TrimEnd('.') + ".";
}
