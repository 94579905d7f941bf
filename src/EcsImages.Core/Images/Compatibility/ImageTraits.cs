namespace EcsImages.Core.Images.Compatibility;

/// <summary>What of an image decides on which types it starts; empty texts are as if they were not answered.</summary>
internal readonly record struct ImageTraits
{
    public required string ImageId { get; init; }

    public string? Family { get; init; }

    public string? OSType { get; init; }

    public string? OSName { get; init; }

    public string? Platform { get; init; }

    public string? Architecture { get; init; }

    public string? BootMode { get; init; }

    public string? NvmeSupport { get; init; }

    /// <summary>Null if the service did not say.</summary>
    public bool? Is32Bit => string.IsNullOrEmpty(Architecture) ? null : Architecture == "i386";

    /// <summary>Null if the service did not say.</summary>
    public bool? IsWindows => string.IsNullOrEmpty(OSType) ? null : OSType == "windows";

    public static ImageTraits Of(EcsImage image) => new()
    {
        ImageId = image.ImageId,
        Family = image.Family,
        OSType = image.OSType,
        OSName = image.OSName,
        Platform = image.Platform,
        Architecture = image.Architecture,
        BootMode = image.BootMode,
        NvmeSupport = image.NvmeSupport,
    };
}
