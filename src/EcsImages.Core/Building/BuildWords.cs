using System.Text;

namespace EcsImages.Core.Building;

/// <summary>A word of an argument.</summary>
/// <param name="Text">The word without its quotes.</param>
/// <param name="At">Where it begins in the command.</param>
/// <param name="End">The first place after it.</param>
/// <param name="Quotes">What it is quoted with: <c>"</c> or <c>'</c> where one such pair spans the whole word, NUL otherwise.</param>
/// <param name="IsClosed">Whether its quotes are closed; where not, that has been reported.</param>
internal readonly record struct BuildWord(string Text, int At, int End, char Quotes, bool IsClosed = true);

/// <summary>Splits an argument into words: blanks separate, quotes hold together, a backslash takes the next character as it is.</summary>
internal static class BuildWords
{
    /// <summary>The words; a quote that is not closed is reported, and ends with the argument.</summary>
    public static List<BuildWord> Of(CommandLine line)
    {
        List<BuildWord> words = [];
        for (var at = Ink(line.Text, line.From); at < line.Text.Length; at = Ink(line.Text, at))
        {
            var word = Read(line, at, endsAtPair: false);
            words.Add(word);
            at = word.End;
        }
        return words;
    }

    /// <summary>The first place from there on that is no blank.</summary>
    public static int Ink(string text, int at)
    {
        while (at < text.Length && SourceLine.IsBlank(text[at])) at++;
        return at;
    }

    /// <summary>
    /// One word from there on. <paramref name="endsAtPair"/>: <c>name=</c> right after a closing quote begins the next word, as where
    /// two lines of LABEL are joined.
    /// </summary>
    public static BuildWord Read(CommandLine line, int start, bool endsAtPair)
    {
        var (text, word, at, quoted, closed) = (line.Text, new StringBuilder(), start, '\0', true);
        while (at < text.Length && !SourceLine.IsBlank(text[at]))
        {
            var c = text[at];
            if (c is not ('"' or '\''))
            {
                if (c == '\\' && at + 1 < text.Length) at++;
                word.Append(text[at++]);
                continue;
            }
            var (close, leads) = (Close(text, at, word), at == start);
            closed = close < text.Length;
            if (!closed) line.Invalid(at, $"The quote {c} is not closed.", $"Write {c} at the end of the value.");
            at = Math.Min(close + 1, text.Length);
            if (at < text.Length && !SourceLine.IsBlank(text[at]) && !(endsAtPair && BeginsPair(text, at))) continue;
            if (leads && closed) quoted = c;
            break;
        }
        return new BuildWord(word.ToString(), start, at, quoted, closed);
    }

    // Appends what the quotes hold; the place of the closing quote, or the text's length.
    private static int Close(string text, int open, StringBuilder word)
    {
        var (quote, at) = (text[open], open + 1);
        while (at < text.Length && text[at] != quote)
        {
            if (quote == '"' && text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\' or '$') at++;
            word.Append(text[at++]);
        }
        return at;
    }

    private static bool BeginsPair(string text, int at)
    {
        var end = at;
        while (end < text.Length && BuildNames.IsPart(text[end])) end++;
        return end > at && end < text.Length && text[end] == '=';
    }
}
