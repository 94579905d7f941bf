namespace EcsImages.Core.Images.Compatibility;

/// <summary>How large system disks are, in GiB. Source: RunInstances, SystemDisk.Size and SystemDisk.Category.</summary>
internal static class SystemDiskSizes
{
    private const int LeastDefault = 40;

    /// <summary>What a launch gives when no size is asked for.</summary>
    public static int Default(int imageSizeGiB) => Math.Max(LeastDefault, imageSizeGiB);

    /// <summary>The sizes of a category; null for one that this version does not know.</summary>
    /// <param name="category">Such as cloud_essd.</param>
    /// <param name="performanceLevel">PL0 to PL3 for cloud_essd; null is the service's default, PL1.</param>
    public static (int Least, int Most)? Of(string category, string? performanceLevel) => category switch
    {
        "cloud" => (20, 500),
        "cloud_essd" => (Essd(performanceLevel), 2048),
        "cloud_auto" => (1, 2048),
        "cloud_efficiency" or "cloud_ssd" or "cloud_essd_entry" => (20, 2048),
        _ => null,
    };

    /// <summary>The least size of a cloud_essd disk of that performance level.</summary>
    public static int Essd(string? performanceLevel) => performanceLevel switch { "PL0" => 1, "PL2" => 461, "PL3" => 1261, _ => 20 };

    /// <summary>Types whose disks attach as NVMe take only these. Source: the page on NVMe disks.</summary>
    public static bool SuitsNvme(string category) => category is "cloud_essd" or "cloud_auto";
}
