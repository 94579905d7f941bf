using System.Text.Json.Nodes;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>A parameter that the YAML of a component declares: its type, and what holds where nobody gives it.</summary>
/// <remarks>Only the plain block form is read, as the service's documentation writes it; YAML's other forms are left alone.</remarks>
internal sealed record ComponentParameter(string Name, string Type, string? Default)
{
    private const string Head = "Parameters:";

    /// <summary>Those of the block Parameters at the top level; null where there is none, or one that cannot be read simply.</summary>
    public static IReadOnlyList<ComponentParameter>? ReadAll(string content)
    {
        var lines = content.Split('\n').Select(static l => l.TrimEnd()).Where(static l => l.TrimStart() is { Length: > 0 } text && text[0] != '#').ToList();
        var start = lines.FindIndex(static l => Uncommented(l) == Head);
        if (start < 0) return null;
        // A list may stand as far left as the key that it is the value of.
        string[] block = [.. lines.Skip(start + 1).TakeWhile(static l => l[0] == ' ' || l.StartsWith("- ", StringComparison.Ordinal))];
        return block.Length == 0 ? null : block[0].TrimStart().StartsWith('-') ? Listed(block) : Mapped(block);
    }

    /// <summary>Whether there is such a block, in whatever form.</summary>
    public static bool IsDeclared(string content) => content.Split('\n').Any(static l => l.StartsWith(Head, StringComparison.Ordinal));

    public JsonObject Json()
    {
        var json = new JsonObject { [nameof(Name)] = Name, [nameof(Type)] = Type };
        if (Default is not null) json["DefaultValue"] = Default;
        return json;
    }

    // name:, and further in its Type and DefaultValue.
    private static List<ComponentParameter>? Mapped(string[] block)
    {
        var outer = Indent(block[0]);
        var read = new List<ComponentParameter>();
        foreach (var line in block)
        {
            if (Pair(line) is not var (key, value)) return null;
            if (Indent(line) < outer || (Indent(line) == outer && value.Length > 0)) return null;
            if (Indent(line) == outer) read.Add(new(key, "String", null));
            else read[^1] = read[^1].With(key, value);
        }
        return read;
    }

    // - Name: name, and below it its Type and DefaultValue.
    private static List<ComponentParameter>? Listed(string[] block)
    {
        var read = new List<ComponentParameter>();
        foreach (var line in block)
        {
            var text = line.TrimStart();
            if (text.StartsWith("- ", StringComparison.Ordinal)) (read, text) = ([.. read, new("", "String", null)], text[2..].TrimStart());
            if (Pair(text) is not var (key, value)) return null;
            read[^1] = read[^1].With(key, value);
        }
        return read.TrueForAll(static p => p.Name.Length > 0) ? read : null;
    }

    private ComponentParameter With(string key, string value) => key switch
    {
        nameof(Name) => this with { Name = value },
        nameof(Type) => this with { Type = value },
        "DefaultValue" => this with { Default = value },
        _ => this,
    };

    private static (string Key, string Value)? Pair(string line)
    {
        var text = Uncommented(line.Trim());
        if (text.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var at) || (at + 1 < text.Length && text[at + 1] != ' ')) return null;
        var value = text[(at + 1)..].Trim();
        // Collections in line, anchors, aliases, tags and text blocks.
        if (value.Length > 0 && "{[&*!|>".Contains(value[0], StringComparison.Ordinal)) return null;
        return (Unquoted(text[..at].Trim()), Unquoted(value));
    }

    private static string Uncommented(string line) => line.IndexOf(" #", StringComparison.Ordinal) is > 0 and var at && !line.Contains('"', StringComparison.Ordinal) && !line.Contains('\'', StringComparison.Ordinal)
        ? line[..at].TrimEnd() : line.TrimEnd();

    private static string Unquoted(string text) => text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
