namespace EcsImages.Core.Building;

/// <summary>Tells the YAML form of components from the commands of the language.</summary>
internal static class YamlForm
{
    /// <summary>Whether a text has Tasks or Parameters as a key at the left edge, and does not begin with a command.</summary>
    public static bool Is(string text)
    {
        var first = true;
        foreach (var line in SourceLines.Of(text))
        {
            if (line.IsAside) continue;
            if (IsKey(line.Span)) return true;
            if (first && BeginsWithCommand(line)) return false;
            first = false;
        }
        return false;
    }

    private static bool IsKey(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon < 0 || (colon + 1 < line.Length && !SourceLine.IsBlank(line[colon + 1]))) return false;
        return line[..colon].TrimEnd(" \t").Trim('"').Trim('\'') is "Tasks" or "Parameters";
    }

    private static bool BeginsWithCommand(SourceLine line)
    {
        var words = line.Text.AsSpan(line.FirstInk, line.End - line.FirstInk);
        var end = words.IndexOfAny(' ', '\t', '\\');
        var word = end < 0 ? words : words[..end];
        foreach (var keyword in BuildKeywords.All)
            if (word.Equals(keyword, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
