namespace EcsImages.Core.Machines;

/// <summary>A cloud disk. Source: DescribeDisks.</summary>
public sealed record EcsDisk
{
    /// <summary>The id.</summary>
    public required string DiskId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>system or data.</summary>
    public string? DiskType { get; init; }

    /// <summary>Such as cloud_essd.</summary>
    public string? Category { get; init; }

    /// <summary>PL0 to PL3 of a cloud_essd.</summary>
    public string? PerformanceLevel { get; init; }

    /// <summary>Size in GiB.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>In_use, Available, Attaching, Detaching, Creating or ReIniting.</summary>
    public string? Status { get; init; }

    /// <summary>Where it is attached, such as /dev/xvda.</summary>
    public string? Device { get; init; }

    /// <summary>The instance that it is attached to.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The image that it was made from.</summary>
    public string? ImageId { get; init; }

    /// <summary>The snapshot that it was made from.</summary>
    public string? SourceSnapshotId { get; init; }

    /// <summary>Whether it is encrypted.</summary>
    public bool? IsEncrypted { get; init; }

    /// <summary>The key that it is encrypted with.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>Whether it goes when its instance goes.</summary>
    public bool? DeleteWithInstance { get; init; }

    /// <summary>The zone.</summary>
    public string? ZoneId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that it lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => DiskId;
}
