namespace EcsImages.Core.Images.Choice;

/// <summary>The operating systems to move to from one, the nearest first.</summary>
internal static class Successors
{
    private const string LastResort = "Ubuntu";

    /// <summary>Itself while it lives, then what the table names, then newer versions of its own, then what the table names of those.</summary>
    public static IReadOnlyList<string> Of(EcsOSLifecycle system, DateOnly today)
    {
        var found = new List<string>();
        Add(system);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<EcsOSLifecycle>([system]);
        while (next.TryDequeue(out var row))
        {
            if (!seen.Add(row.Name)) continue;
            foreach (var name in Named(row).Concat(Newer(row)).Concat(row.Alternatives))
            {
                if (Lifecycles.Named(name) is not { } other) continue;
                Add(other);
                next.Enqueue(other);
            }
        }
        // Where a region has nothing newer of Debian, Ubuntu is made of the same packages.
        if (system.IsPastEnd(today) && found.Exists(static f => f.StartsWith("Debian", StringComparison.Ordinal)))
            foreach (var row in Lifecycles.All.Where(static r => r.OS == LastResort).Reverse()) Add(row);
        return found;

        void Add(EcsOSLifecycle row)
        {
            if (!row.IsPastEnd(today) && !LegacySystems.Contains(row.OS) && !found.Contains(row.Name)) found.Add(row.Name);
        }
    }

    private static IEnumerable<string> Named(EcsOSLifecycle row) => row.Successor is { } name ? [name] : [];

    // The newest first: the table goes from old to new.
    private static IEnumerable<string> Newer(EcsOSLifecycle row) =>
        Lifecycles.All.Where(r => r.OS == row.OS).SkipWhile(r => r.Name != row.Name).Skip(1).Select(static r => r.Name).Reverse();
}
