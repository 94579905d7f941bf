namespace EcsImages.Local.Ecs;

/// <summary>A name filter with * for any text, as SQLite's GLOB takes it. Without a star it is the whole name.</summary>
internal static class Pattern
{
    // GLOB knows ? and [ too; they are plain characters here.
    public static string? Of(string? name) => name?.Replace("[", "[[]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal);
}
