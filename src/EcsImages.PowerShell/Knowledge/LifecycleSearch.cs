using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Parameters;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>Finds lifecycles by what a person types of an operating system and its version.</summary>
internal static class LifecycleSearch
{
    /// <summary>The rows of these systems and versions. An exact text that names none is reported with those that there are.</summary>
    public static IReadOnlyList<EcsOSLifecycle> Find(string[]? systems, string[]? versions, Action<Exception, object?> report)
    {
        var rows = systems is null ? Lifecycles.All : Union(systems, OfSystem, report);
        return versions is null ? rows : Union(versions, version => OfVersion(rows, version), report);
    }

    private static List<EcsOSLifecycle> Union(string[] texts, Func<string, IReadOnlyList<EcsOSLifecycle>> find, Action<Exception, object?> report)
    {
        var found = new List<EcsOSLifecycle>();
        foreach (var text in texts)
        {
            try
            {
                found.AddRange(find(text).Except(found));
            }
            catch (EcsNotFoundException e)
            {
                report(e, text);
            }
        }
        return found;
    }

    private static IReadOnlyList<EcsOSLifecycle> OfSystem(string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            var pattern = NameMatch.Pattern(text);
            return Where(r => pattern.IsMatch(r.OS) || pattern.IsMatch(r.Name));
        }
        if (Where(r => r.OS.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Length: > 0 } system) return system;
        if (Lifecycles.OfText(text) is { } row) return [row];
        if (Lifecycles.Read(text) is { } read) return read.SaysVersion ? throw NoVersion(text, Where(r => r.OS == read.OS)) : Where(r => r.OS == read.OS);
        return Where(r => r.OS.StartsWith(text, StringComparison.OrdinalIgnoreCase)) is { Length: > 0 } begun ? begun : throw NoSystem(text);
    }

    private static EcsOSLifecycle[] OfVersion(IReadOnlyList<EcsOSLifecycle> rows, string text)
    {
        if (WildcardPattern.ContainsWildcardCharacters(text))
        {
            var pattern = NameMatch.Pattern(text);
            return [.. rows.Where(r => pattern.IsMatch(r.Version))];
        }
        EcsOSLifecycle[] found = [.. rows.Where(r => text.Equals(r.Version, StringComparison.OrdinalIgnoreCase) || (r.Match != "" && Lifecycles.OfText($"{r.OS} {text}") == r))];
        return found.Length > 0 || rows.Count == 0 ? found : throw NoVersion(text, rows);
    }

    private static EcsOSLifecycle[] Where(Func<EcsOSLifecycle, bool> holds) => [.. Lifecycles.All.Where(holds)];

    private static EcsNotFoundException NoSystem(string text) => new("UnknownOS",
        $"No lifecycle is known of an operating system '{text}'. Known are: {string.Join(", ", Lifecycles.All.Select(static r => r.OS).Distinct())}.");

    private static EcsNotFoundException NoVersion(string text, IReadOnlyList<EcsOSLifecycle> rows)
    {
        var systems = rows.Select(static r => r.OS).Distinct().ToArray();
        return new("UnknownOSVersion", systems is [var one]
            ? $"No lifecycle is known of '{text}'. Of {one} these versions are known: {string.Join(", ", rows.Select(static r => r.Version))}."
            : $"No lifecycle is known of a version '{text}' of any of {systems.Length} operating systems; -OS names one.");
    }
}
