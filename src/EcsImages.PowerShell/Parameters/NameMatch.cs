using System.Management.Automation;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Decides names with PowerShell's wildcards, and says what part of them the service can narrow by.</summary>
internal sealed class NameMatch
{
    private const int WorthSending = 2;
    private readonly WildcardPattern[]? _patterns;

    public NameMatch(string[]? patterns)
    {
        if (patterns is not { Length: > 0 }) return;
        _patterns = Array.ConvertAll(patterns, static p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase));
        if (patterns.Length == 1) Part = Longest(patterns[0]);
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
