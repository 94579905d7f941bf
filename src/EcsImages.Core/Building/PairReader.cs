namespace EcsImages.Core.Building;

/// <summary>Reads ENV and LABEL: <c>name value</c>, or any number of <c>name="value"</c>.</summary>
internal static class PairReader
{
    public static IReadOnlyList<BuildPair> Read(CommandLine line)
    {
        var text = line.Text;
        var (end, next) = NameAt(text, line.From);
        return end < text.Length && text[end] == '=' ? ReadPairs(line) : ReadOne(line, end, next);
    }

    // The rest of the line is the value, quoted as a whole or not.
    private static IReadOnlyList<BuildPair> ReadOne(CommandLine line, int end, int value)
    {
        var (text, name) = (line.Text, line.Text[line.From..end]);
        if (!HasGoodName(line, name, line.From)) return [];
        if (value == text.Length)
        {
            line.Invalid(line.From, $"{Shown.Of(name)} has no value.", $"Write {line.Keyword} {name}=\"value\".");
            return [];
        }
        if (text[value] == '=')
        {
            line.Invalid(value, "The = stands between blanks, so that it would belong to the value.", $"Write {line.Keyword} {name}=\"value\", without blanks around =.");
            return [];
        }
        if (text[value] is not ('"' or '\'')) return [new BuildPair(name, text[value..])];
        var word = BuildWords.Read(line, value, endsAtPair: false);
        return [new BuildPair(name, word.End == text.Length ? word.Text : text[value..])];
    }

    private static List<BuildPair> ReadPairs(CommandLine line)
    {
        List<BuildPair> pairs = [];
        var text = line.Text;
        for (var at = line.From; at < text.Length; at = BuildWords.Ink(text, at))
        {
            var (end, next) = NameAt(text, at);
            var name = text[at..end];
            if (end == text.Length || text[end] != '=')
            {
                var remedy = next < text.Length && text[next] == '=' ? "Write name=\"value\", without blanks around =." : $"Write {line.Keyword} name=\"value\", and quotes around a value with blanks.";
                line.Invalid(at, $"{Shown.Of(name)} stands among pairs without a value.", remedy);
                at = Math.Max(end, at + 1);
                continue;
            }
            var named = HasGoodName(line, name, at);
            var word = BuildWords.Read(line, end + 1, endsAtPair: true);
            if (named) pairs.Add(new BuildPair(name, word.Text));
            // The documentation asks for them around each value of ENV; it says nothing of the kind for LABEL.
            if (named && line.Keyword == BuildKeywords.Env && word.Quotes != '"' && word.IsClosed)
                line.Invalid(end + 1, $"The value of {Shown.Of(name)} is not in double quotes.", $"Write ENV {name}=\"value\": the service asks for double quotes around each value.");
            at = word.End;
        }
        return pairs;
    }

    private static bool HasGoodName(CommandLine line, string name, int at)
    {
        if (BuildNames.IsName(name)) return true;
        line.Invalid(at, $"{Shown.Of(name)} is no name.", BuildNames.Rule);
        return false;
    }

    // The end of a name, and the first ink after it.
    private static (int End, int Next) NameAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] != '=' && !SourceLine.IsBlank(text[end])) end++;
        return (end, BuildWords.Ink(text, end));
    }
}
