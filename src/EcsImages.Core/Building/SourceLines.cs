namespace EcsImages.Core.Building;

/// <summary>The lines of a text as an editor counts them: LF or CRLF ends one, a byte order mark is none of the first.</summary>
internal static class SourceLines
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Each line, one at least; the last has what follows the last line end, which may be nothing.</summary>
    public static IEnumerable<SourceLine> Of(string text)
    {
        var (start, number) = (text.StartsWith(ByteOrderMark) ? 1 : 0, 1);
        while (text.IndexOf('\n', start) is >= 0 and var end)
        {
            yield return new SourceLine(text, number++, start, end > start && text[end - 1] == '\r' ? end - 1 : end);
            start = end + 1;
        }
        yield return new SourceLine(text, number, start, text.Length);
    }
}

/// <summary>One line: from <paramref name="Start"/> to before <paramref name="End"/>, its end sign left out.</summary>
internal readonly record struct SourceLine(string Text, int Number, int Start, int End)
{
    /// <summary>Where the first character is that is no blank; <see cref="End"/> where there is none.</summary>
    public int FirstInk
    {
        get
        {
            var at = Start;
            while (at < End && IsBlank(Text[at])) at++;
            return at;
        }
    }

    /// <summary>Where the next line begins: after the end sign, or the text's end.</summary>
    public int Next => Math.Min(Text.Length, End + (End < Text.Length && Text[End] == '\r' ? 2 : 1));

    /// <summary>Whether the line has no part of a command: blank, or a comment.</summary>
    public bool IsAside => FirstInk is var ink && (ink == End || Text[ink] == '#');

    /// <summary>The backslash that makes the next line part of this one; null where it ends.</summary>
    /// <remarks>Blanks may follow it, and two backslashes are no such sign: both as in a Dockerfile.</remarks>
    public int? Continuation
    {
        get
        {
            var at = End - 1;
            while (at >= Start && IsBlank(Text[at])) at--;
            return at >= Start && Text[at] == '\\' && (at == Start || Text[at - 1] != '\\') ? at : null;
        }
    }

    public BuildPosition PositionAt(int offset) => new(Number, offset - Start + 1);

    /// <summary>Only these two separate words: other white space is part of one, as in a shell.</summary>
    public static bool IsBlank(char c) => c is ' ' or '\t';
}
