using System.Management.Automation;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Decides names with PowerShell's wildcards, and says what part of them the service can narrow by.</summary>
internal sealed class NameMatch
{
    private const int WorthSending = 2;
    private readonly WildcardPattern[]? _patterns;

    public NameMatch(string[]? patterns)
    {
        if (patterns is not { Length: > 0 }) return;
        _patterns = Array.ConvertAll(patterns, Pattern);
        if (patterns.Length == 1) Part = Longest(patterns[0]);
    }

    /// <summary>A pattern, if it is one.</summary>
    public static WildcardPattern Pattern(string text)
    {
        var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
        try
        {
            // PowerShell reads a pattern when it is first used.
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException)
        {
            throw new CmdletInputException("InvalidPattern", $"'{text}' is not a pattern: a bracket is not closed.", "A bracket that is meant as such is written `[ in single quotes.");
        }
    }

    /// <summary>A text that every match contains; null if there is none worth sending.</summary>
    public string? Part { get; }

    public bool Matches(string? name) => _patterns is null || Array.Exists(_patterns, p => p.IsMatch(name ?? ""));

    // PowerShell's wildcards are not the service's: only the longest plain run is certain to be in a match.
    private static string? Longest(string pattern)
    {
        var runs = pattern.Contains('[', StringComparison.Ordinal) || pattern.Contains('`', StringComparison.Ordinal)
            ? [pattern.Split('[', '`', '*', '?')[0]]
            : pattern.Split('*', '?');
        var longest = runs.MaxBy(static r => r.Length);
        return longest?.Length >= WorthSending ? longest : null;
    }
}
