using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Local.Ecs;

/// <summary>The cloud disk categories and the sizes in GiB that each allows (RunInstances, SystemDisk.Size and DataDisk.N.Size).</summary>
internal static class DiskCategory
{
    private static readonly string[] Levels = ["PL0", "PL1", "PL2", "PL3"];

    public static IReadOnlyList<string> All { get; } = ["cloud", "cloud_efficiency", "cloud_ssd", "cloud_essd", "cloud_essd_entry", "cloud_auto"];

    public static bool IsLevel(string level) => Levels.Contains(level);

    /// <summary>Of a category that is one of <see cref="All"/>.</summary>
    public static (int Least, int Most) SystemSizes(string category, string level) => SystemDiskSizes.Of(category, level)!.Value;

    public static (int Least, int Most) DataSizes(string category, string level) => category switch
    {
        "cloud" => (5, 2000),
        "cloud_essd" => (SystemDiskSizes.Essd(level), 65536),
        "cloud_auto" => (1, 65536),
        "cloud_essd_entry" => (10, 32768),
        _ => (20, 32768),
    };
}
