using System.Buffers;

namespace EcsImages.Core.Building;

/// <summary>Reads COMPONENT: an id or the resource name of a component, and its parameters.</summary>
internal static class ComponentCallReader
{
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*-_");

    private const string Kind = ":imagecomponent/";
    private const string Form = "Write COMPONENT ic-... or COMPONENT acs:ecs:<region>:<account>:imagecomponent/<name>:<major>.<minor>.<patch>.";

    public static ComponentCall? Read(CommandLine line)
    {
        var words = BuildWords.Of(line);
        if (words.Count == 0) return null;
        var call = words[0].Text.StartsWith("acs:", StringComparison.Ordinal) ? ByName(line, words[0]) : ById(line, words[0]);
        var parameters = Parameters(line, words);
        return call is null ? null : call with { Parameters = parameters };
    }

    // The documentation's own example has i- for ic-, and its ids end in asterisks: both are taken.
    private static ComponentCall? ById(CommandLine line, BuildWord word)
    {
        var id = word.Text;
        var start = id.StartsWith("ic-", StringComparison.Ordinal) ? 3 : id.StartsWith("i-", StringComparison.Ordinal) ? 2 : 0;
        if (start > 0 && id.Length > start && id.AsSpan(start).IndexOfAnyExcept(IdCharacters) < 0) return new ComponentCall { Id = id };
        line.Invalid(word.At, $"{Shown.Of(id)} is no id of a component.", Form);
        return null;
    }

    // Both : and / before the version are documented; a name may have colons itself, so that the last sign counts.
    private static ComponentCall? ByName(CommandLine line, BuildWord word)
    {
        var text = word.Text;
        var kind = text.IndexOf(Kind, StringComparison.Ordinal);
        var owner = kind < 0 ? [] : text[..kind].Split(':');
        if (owner is not ["acs", "ecs", { Length: > 0 } region, { Length: > 0 } account])
        {
            line.Invalid(word.At, $"{Shown.Of(text)} is no resource name of a component.", Form);
            return null;
        }
        var (name, version) = (text[(kind + Kind.Length)..], "");
        if (name.LastIndexOfAny([':', '/']) is >= 0 and var split) (name, version) = (name[..split], name[(split + 1)..]);
        if (name.Length == 0 || name.Contains('/'))
        {
            line.Invalid(word.At, $"{Shown.Of(text)} names no component.", Form);
            return null;
        }
        if (IsVersion(version)) return new ComponentCall { RegionId = region, AccountId = account, Name = name, Version = version };
        line.Invalid(word.At, version.Length == 0 ? $"The component {Shown.Of(name)} has no version." : $"{Shown.Of(version)} is no version.",
            "Write three numbers, such as 1.0.2, or * for the latest, such as 1.*.*.");
        return null;
    }

    private static bool IsVersion(string text) =>
        text.Split('.') is { Length: 3 } parts && parts.All(static p => p == "*" || (p.Length is > 0 and < 10 && p.All(char.IsAsciiDigit)));

    private static List<BuildPair> Parameters(CommandLine line, List<BuildWord> words)
    {
        List<BuildPair> parameters = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var i = 1; i < words.Count; i++)
        {
            if (NameOf(line, words[i]) is not { } name) continue;
            if (i + 1 == words.Count || IsOption(words[i + 1]))
            {
                line.Invalid(words[i].At, $"The parameter {Shown.Of(name)} has no value.", $"Write --{name} value.");
                continue;
            }
            if (seen.Add(name)) parameters.Add(new BuildPair(name, words[i + 1].Text));
            else line.Invalid(words[i].At, $"The parameter {Shown.Of(name)} is given twice.", "Leave one out.");
            i++;
        }
        return parameters;
    }

    private static string? NameOf(CommandLine line, BuildWord word)
    {
        if (!IsOption(word))
        {
            line.Invalid(word.At, $"{Shown.Of(word.Text)} is no parameter.", "Write parameters as --name value, and quotes around a value with blanks.");
            return null;
        }
        var name = word.Text[2..];
        if (BuildNames.IsName(name)) return name;
        line.Invalid(word.At, $"{Shown.Of(word.Text)} is no parameter.", name.Contains('=') ? "Write --name value, without =." : $"Write --name value. {BuildNames.Rule}");
        return null;
    }

    private static bool IsOption(BuildWord word) => word.Quotes == '\0' && word.Text.StartsWith("--", StringComparison.Ordinal);
}
