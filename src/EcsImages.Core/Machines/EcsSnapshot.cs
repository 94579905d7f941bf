namespace EcsImages.Core.Machines;

/// <summary>A snapshot of a disk. Source: DescribeSnapshots.</summary>
public sealed record EcsSnapshot
{
    /// <summary>The id.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>progressing, accomplished or failed.</summary>
    public string? Status { get; init; }

    /// <summary>How far it is, in percent.</summary>
    public int? ProgressPercent { get; init; }

    /// <summary>Seconds left.</summary>
    public int? RemainingSeconds { get; init; }

    /// <summary>The disk that it was taken of.</summary>
    public string? DiskId { get; init; }

    /// <summary>system or data: what the disk was.</summary>
    public string? DiskType { get; init; }

    /// <summary>The size of the disk in GiB.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>Whether it is encrypted.</summary>
    public bool? IsEncrypted { get; init; }

    /// <summary>The key that it is encrypted with.</summary>
    public string? KmsKeyId { get; init; }

    /// <summary>image, disk, image_disk or none: what was made from it.</summary>
    public string? Usage { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that it lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => SnapshotId;
}
