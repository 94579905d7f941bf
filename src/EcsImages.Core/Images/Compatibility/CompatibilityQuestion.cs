namespace EcsImages.Core.Images.Compatibility;

/// <summary>What is asked about an image and a type beyond the two.</summary>
internal sealed record CompatibilityQuestion
{
    /// <summary>Where the instance is to be; null means where the type is.</summary>
    public string? RegionId { get; init; }

    /// <summary>The size of the system disk in GiB; null takes the service's default.</summary>
    public int? SystemDiskSizeGiB { get; init; }

    /// <summary>The category of the system disk, such as cloud_essd.</summary>
    public string? SystemDiskCategory { get; init; }

    /// <summary>PL0 to PL3, for cloud_essd.</summary>
    public string? PerformanceLevel { get; init; }

    /// <summary>The day to judge support by: rules know no clock.</summary>
    public required DateOnly Today { get; init; }
}
