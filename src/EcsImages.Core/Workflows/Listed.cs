namespace EcsImages.Core.Workflows;

/// <summary>Lists things in a sentence; nobody reads a hundred ids in one.</summary>
internal static class Listed
{
    private const int Most = 4;

    public static string Some(IReadOnlyCollection<string> items) =>
        string.Join(", ", items.Take(Most)) + (items.Count > Most ? $" and {items.Count - Most} more" : "");

    /// <summary>"1 snapshot", "2 snapshots".</summary>
    public static string Count(int count, string noun, string? plural = null) => $"{count} {(count == 1 ? noun : plural ?? noun + "s")}";
}
