namespace EcsImages.Core.Images.Choice;

/// <summary>Systems that are never recommended, only given to who asks for them by name. Source: rule 15.</summary>
internal static class LegacySystems
{
    private static readonly HashSet<string> Names =
        [.. Workloads.All.Where(static w => w.IsLegacy).SelectMany(static w => w.OperatingSystems).SelectMany(static os => new[] { os, $"{os} Stream" })];

    public static bool Contains(string? os) => os is not null && Names.Contains(os);
}
