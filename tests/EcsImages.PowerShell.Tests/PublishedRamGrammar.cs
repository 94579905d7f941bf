using System.Text.Json;

namespace EcsImages.PowerShell.Tests;

/// <summary>The grammar that RAM publishes for policies, written down a second time: what the module writes is held to it, not to the module's own reader.</summary>
/// <remarks>Source: RAM, "Policy structure and syntax" (help/doc-detail/93739), "Policy elements" (93738), "Limitations" (28753).</remarks>
internal static class PublishedRamGrammar
{
    private const int MaxCharacters = 6144;

    /// <summary>What is wrong with a document; nothing, if it is a policy.</summary>
    public static IEnumerable<string> Violations(string document)
    {
        if (document.Length > MaxCharacters) yield return $"{document.Length} characters";
        using var json = JsonDocument.Parse(document);
        if (!Names(json.RootElement).SequenceEqual(["Version", "Statement"])) yield return "the elements of the policy";
        if (json.RootElement.GetProperty("Version").GetString() != "1") yield return "Version";
        var statements = json.RootElement.GetProperty("Statement").EnumerateArray().ToArray();
        if (statements.Length == 0) yield return "no statement";
        foreach (var statement in statements)
        {
            if (!Names(statement).SequenceEqual(["Effect", "Action", "Resource"])) yield return $"the elements of {statement}";
            if (statement.GetProperty("Effect").GetString() is not ("Allow" or "Deny")) yield return $"Effect of {statement}";
            foreach (var action in Texts(statement.GetProperty("Action")))
                if (action.Split(':') is not [{ Length: > 0 }, { Length: > 0 }]) yield return $"the action {action}";
            foreach (var resource in Texts(statement.GetProperty("Resource")))
                if (resource != "*" && resource.Split(':') is not ["acs", { Length: > 0 }, { Length: > 0 }, { Length: > 0 }, { Length: > 0 }]) yield return $"the resource {resource}";
        }
    }

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(static m => m.Name);

    private static string[] Texts(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) return [json.GetString()!];
        var texts = json.EnumerateArray().Select(static t => t.GetString()!).ToArray();
        Assert.NotEmpty(texts);
        Assert.Equal(texts.Distinct(), texts);
        return texts;
    }
}
