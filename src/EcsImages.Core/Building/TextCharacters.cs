using System.Globalization;

namespace EcsImages.Core.Building;

/// <summary>Finds what no text should have: control characters, and halves of surrogate pairs, which UTF-8 cannot carry.</summary>
internal static class TextCharacters
{
    /// <summary>Reports the first such character of each line.</summary>
    public static void Check(string text, BuildContentUse use, List<BuildProblem> problems)
    {
        foreach (var line in SourceLines.Of(text))
        {
            var at = line.Start;
            while (at < line.End && IsText(text, ref at)) at++;
            if (at >= line.End) continue;
            var (place, name) = (line.PositionAt(at), string.Create(CultureInfo.InvariantCulture, $"U+{(int)text[at]:X4}"));
            problems.Add(char.IsSurrogate(text[at])
                ? new BuildProblem(place.Line, place.Column, BuildCodes.Malformed(use), $"The half of a character ({name}) stands here.", "Write the character anew, and save the file as UTF-8.")
                : new BuildProblem(place.Line, place.Column, BuildCodes.Malformed(use), $"The control character {name} stands here.",
                    text[at] == '\r' ? "Save the file with LF or CRLF at the ends of lines." : "Take it out, and save the file as UTF-8."));
        }
    }

    // Steps over the second half of a pair.
    private static bool IsText(string text, ref int at)
    {
        if (char.IsControl(text[at])) return text[at] == '\t';
        if (!char.IsSurrogate(text[at])) return true;
        if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1])) return false;
        at++;
        return true;
    }
}
