using System.Text;

namespace EcsImages.Core.Building;

/// <summary>A command's lines in one, and where each character of it stands in the text that was read.</summary>
internal sealed class JoinedLine(string text, List<JoinedLine.Piece> pieces, BuildPosition? unfinished)
{
    /// <summary>The characters from <paramref name="Offset"/> on stand from <paramref name="Position"/> on.</summary>
    internal readonly record struct Piece(int Offset, BuildPosition Position);

    /// <summary>The command without the blanks around it.</summary>
    public string Text => text;

    /// <summary>The backslash after which nothing came, if there is one.</summary>
    public BuildPosition? Unfinished => unfinished;

    /// <summary>Where a character of the command stands in the text that was read.</summary>
    public BuildPosition PositionAt(int offset)
    {
        var (low, high) = (0, pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (pieces[middle].Offset <= offset) low = middle;
            else high = middle - 1;
        }
        var piece = pieces[low];
        return piece.Position with { Column = piece.Position.Column + offset - piece.Offset };
    }

    /// <summary>The commands of a text. Comments and blank lines are left out, also between the lines of one command.</summary>
    public static IEnumerable<JoinedLine> Of(string text)
    {
        var joined = new StringBuilder();
        List<Piece> pieces = [];
        BuildPosition? open = null;
        foreach (var line in SourceLines.Of(text))
        {
            if (line.IsAside) continue;
            // Blanks before the first character are no part of the command; those of a line that goes on it are.
            var start = joined.Length == 0 ? line.FirstInk : line.Start;
            var end = line.Continuation ?? line.End;
            if (start < end)
            {
                pieces.Add(new Piece(joined.Length, line.PositionAt(start)));
                joined.Append(text, start, end - start);
            }
            open = line.Continuation is { } at ? line.PositionAt(at) : null;
            if (open is not null) continue;
            if (joined.Length > 0) yield return new JoinedLine(Trimmed(joined), pieces, null);
            joined.Clear();
            pieces = [];
        }
        if (open is null) yield break;
        if (pieces.Count == 0) pieces.Add(new Piece(0, open.Value));
        yield return new JoinedLine(Trimmed(joined), pieces, open);
    }

    private static string Trimmed(StringBuilder joined)
    {
        var end = joined.Length;
        while (end > 0 && SourceLine.IsBlank(joined[end - 1])) end--;
        return joined.ToString(0, end);
    }
}
