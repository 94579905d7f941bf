namespace EcsImages.Core.Building;

/// <summary>Tells the YAML form of components from the commands of the language.</summary>
internal static class YamlForm
{
    /// <summary>Whether a text has Tasks or Parameters as a key at its left edge, or is a flow mapping, and does not begin with a command.</summary>
    public static bool Is(string text)
    {
        int? edge = null;
        foreach (var line in SourceLines.Of(text))
        {
            var words = line.Text.AsSpan(line.FirstInk, line.End - line.FirstInk);
            if (line.IsAside || words.StartsWith("---") || words[0] == '%') continue;
            if (edge is null && words[0] == '{') return true;
            if (edge is null && BeginsWithCommand(words)) return false;
            edge ??= line.FirstInk - line.Start;
            if (edge == line.FirstInk - line.Start && IsKey(words)) return true;
        }
        return false;
    }

    private static bool IsKey(ReadOnlySpan<char> words)
    {
        var colon = words.IndexOf(':');
        if (colon < 0 || (colon + 1 < words.Length && !SourceLine.IsBlank(words[colon + 1]))) return false;
        return words[..colon].TrimEnd(" \t").Trim('"').Trim('\'') is "Tasks" or "Parameters";
    }

    private static bool BeginsWithCommand(ReadOnlySpan<char> words)
    {
        var end = words.IndexOfAny(' ', '\t', '\\');
        var word = end < 0 ? words : words[..end];
        foreach (var keyword in BuildKeywords.All)
            if (word.Equals(keyword, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
