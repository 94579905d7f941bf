using System.Globalization;
using System.Text;

namespace EcsImages.Core.Building;

/// <summary>Reads a JSON array of strings, the exec form of CMD and ENTRYPOINT.</summary>
internal static class ExecReader
{
    private const string Form = "Write an array of strings in double quotes, such as [\"program\", \"argument\"].";

    /// <summary>Whether an argument means to be an array: [ -f file ], a test of the shell, does not.</summary>
    public static bool IsArray(CommandLine line)
    {
        if (line.From == line.Text.Length || line.Text[line.From] != '[') return false;
        var at = BuildWords.Ink(line.Text, line.From + 1);
        return at < line.Text.Length && line.Text[at] is '"' or '\'' or ']' or ',';
    }

    /// <summary>The strings; null, and a problem at the first character that does not fit, where it is no such array.</summary>
    public static List<BuildWord>? Read(CommandLine line)
    {
        List<BuildWord> strings = [];
        var text = line.Text;
        for (var at = line.From + 1; ;)
        {
            at = BuildWords.Ink(text, at);
            if (at == text.Length || text[at] != '"')
            {
                line.Invalid(at, strings.Count == 0 && at < text.Length && text[at] == ']' ? "The array is empty." : "A string in double quotes is missing.", Form);
                return null;
            }
            var start = at;
            if (String(line, ref at) is not { } value) return null;
            strings.Add(new BuildWord(value, start, at, '"'));
            at = BuildWords.Ink(text, at);
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }
            if (at == text.Length || text[at] != ']')
            {
                line.Invalid(at, "The array is not closed.", "Write , between its strings and ] after the last.");
                return null;
            }
            if (BuildWords.Ink(text, at + 1) is var rest && rest == text.Length) return strings;
            line.Invalid(rest, "Something follows the array.", "End the line after ].");
            return null;
        }
    }

    private static string? String(CommandLine line, ref int at)
    {
        var (text, open, value) = (line.Text, at, new StringBuilder());
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] != '\\')
            {
                value.Append(text[at]);
                continue;
            }
            if (Escaped(text, at + 1) is not { } c)
            {
                line.Invalid(at, "JSON has no such escape.", "Write \\\\ for a backslash.");
                return null;
            }
            value.Append(c);
            at += text[at + 1] == 'u' ? 5 : 1;
        }
        if (at == text.Length)
        {
            line.Invalid(open, "The string is not closed.", "Write \" at its end.");
            return null;
        }
        at++;
        return value.ToString();
    }

    private static char? Escaped(string text, int at) => at == text.Length ? null : text[at] switch
    {
        '"' or '\\' or '/' => text[at],
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' when at + 4 < text.Length && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) => (char)unit,
        _ => null,
    };
}
