namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>A line of YAML that has more than a comment.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without what is blank at its end.</param>
internal readonly record struct PlainLine(int Number, string Text)
{
    public int Indent => Text.Length - Text.TrimStart().Length;

    /// <summary>Whether an item of a list begins here.</summary>
    public bool IsItem => Text.TrimStart() is "-" || Text.TrimStart().StartsWith("- ", StringComparison.Ordinal);
}

/// <summary>YAML in the plain block form, as the service's documentation writes it: a key and its value a line. Other forms are told by null.</summary>
internal static class PlainYaml
{
    public static List<PlainLine> Lines(string content) =>
    [
        .. content.TrimStart('\uFEFF').Split('\n').Select(static (l, i) => new PlainLine(i + 1, l.TrimEnd()))
            .Where(static l => l.Text.TrimStart() is { Length: > 0 } text && text[0] != '#'),
    ];

    /// <summary>The lines below a key at the left edge, where that has no value in its own line; null where it is not there so.</summary>
    public static PlainLine[]? Block(IReadOnlyList<PlainLine> lines, string key)
    {
        var start = lines.TakeWhile(l => l.Indent > 0 || Pair(l.Text) is not { Value: "" } pair || pair.Key != key).Count();
        // A list may stand as far left as the key that it is the value of.
        return start == lines.Count ? null : [.. lines.Skip(start + 1).TakeWhile(static l => l.Text[0] == ' ' || (l.Indent == 0 && l.IsItem))];
    }

    /// <summary>The key and the value of a line, without quotes and comment; null where it has not both in the plain form.</summary>
    public static (string Key, string Value)? Pair(string line)
    {
        var text = line.Trim();
        var (colon, comment) = (text.IndexOf(':', StringComparison.Ordinal), text.IndexOf(" #", StringComparison.Ordinal));
        if (colon <= 0 || IsOdd(text) || (comment >= 0 && comment < colon) || (colon + 1 < text.Length && text[colon + 1] != ' ')) return null;
        return Scalar(text[(colon + 1)..].Trim()) is { } value ? (Unquoted(text[..colon].Trim()), value) : null;
    }

    private static string? Scalar(string text)
    {
        if (text.Length == 0 || text[0] == '#') return "";
        if (IsOdd(text)) return null;
        if (text[0] is not ('"' or '\'')) return text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment ? text[..comment].TrimEnd() : text;
        var end = text.IndexOf(text[0], 1);
        if (end < 0) return null;
        var rest = text[(end + 1)..].TrimStart();
        return rest.Length == 0 || rest[0] == '#' ? text[1..end] : null;
    }

    private static string Unquoted(string text) => text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    // Collections in line, anchors, aliases, tags and text blocks.
    private static bool IsOdd(string text) => "{[&*!|>".Contains(text[0], StringComparison.Ordinal);
}
