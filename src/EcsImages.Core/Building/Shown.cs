using System.Globalization;
using System.Text;

namespace EcsImages.Core.Building;

/// <summary>Words of a text in a message: quoted, short, and with nothing that a terminal would obey or hide.</summary>
internal static class Shown
{
    private const int Most = 40;

    public static string Of(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, Most)).EnumerateRunes())
        {
            if (rune.Value == ' ' || !IsHidden(rune)) shown.Append(rune.ToString());
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        return shown.Append(text.Length > Most ? "...'" : "'").ToString();
    }

    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
