namespace EcsImages.Core.Images;

/// <summary>One disk of an image. Source: DescribeImages, DiskDeviceMapping.</summary>
public sealed record EcsImageDisk
{
    /// <summary>Such as /dev/xvda.</summary>
    public string? Device { get; init; }

    /// <summary>system or data.</summary>
    public string? DiskType { get; init; }

    /// <summary>Size in GiB.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>The snapshot that holds its bytes.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>The format of an imported one.</summary>
    public string? Format { get; init; }

    /// <summary>Whether it is encrypted.</summary>
    public bool? IsEncrypted { get; init; }

    /// <summary>Percent copied, while copying.</summary>
    public int? ProgressPercent { get; init; }

    /// <summary>Seconds left, while copying.</summary>
    public int? RemainingSeconds { get; init; }

    /// <summary>Whether it came from an object of OSS.</summary>
    internal bool IsImported { get; init; }

    /// <summary>The device and size, as in a table cell.</summary>
    public override string ToString() => $"{Device} {SizeGiB} GiB";
}
