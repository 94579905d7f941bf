namespace EcsImages.Core.Building;

/// <summary>Reads COPY: sources, which are URLs or paths, and a destination; in words, or as a JSON array.</summary>
internal static class CopyReader
{
    private const string Form = "Write COPY source destination.";

    public static BuildCommand Read(CommandLine line, BuildCommand command)
    {
        var words = ExecReader.IsArray(line) ? ExecReader.Read(line) : Words(line);
        if (words is null) return command;
        if (words.Count < 2)
        {
            line.Invalid(line.Text.Length, "COPY has a source and no destination.", Form);
            return command;
        }
        foreach (var word in words)
        {
            if (word.Text.StartsWith('#') && word.Quotes == '\0') line.Invalid(word.At, "A comment follows the paths.", "Write comments in lines of their own.");
            else if (word.Text.Length == 0) line.Invalid(word.At, "A path is empty.", Form);
            else if (word.Text.StartsWith("--", StringComparison.Ordinal))
                line.Invalid(word.At, $"{Shown.Of(word.Text)} is an option, and COPY has none here.", "Leave it out, and set owner and mode with RUN.");
        }
        foreach (var word in words.SkipLast(1))
        {
            if (IsUrl(word.Text) && word.Text.Contains('?'))
                line.Invalid(word.At, $"{Shown.Of(word.Text)} has a query string, which the service does not take.", "Use an address without ? or fetch it with RUN wget.");
        }
        if (IsUrl(words[^1].Text)) line.Invalid(words[^1].At, $"The destination {Shown.Of(words[^1].Text)} is an address.", "Name a directory of the instance last.");
        return command with { Sources = [.. words.SkipLast(1).Select(static w => w.Text)], Destination = words[^1].Text };
    }

    private static List<BuildWord>? Words(CommandLine line) => BuildWords.Of(line) is { Count: > 0 } words ? words : null;

    private static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);
}
