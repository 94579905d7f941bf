using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record ImportImageRequest
{
    public required string RegionId { get; init; }

    public IReadOnlyList<ImportDiskRequest>? DiskDeviceMapping { get; init; }

    public string? ImageName { get; init; }

    public string? Description { get; init; }

    public string? OSType { get; init; }

    public string? Platform { get; init; }

    public string? Architecture { get; init; }

    public string? BootMode { get; init; }

    public FeaturesRequest? Features { get; init; }

    public string? LicenseType { get; init; }

    public string? DetectionStrategy { get; init; }

    public string? RoleName { get; init; }

    public string? StorageLocationArn { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? ClientToken { get; init; }

    public bool? DryRun { get; init; }
}

/// <summary>One object that becomes a disk of the image: the first the system disk, the others data disks.</summary>
internal sealed record ImportDiskRequest
{
    public string? OSSBucket { get; init; }

    public string? OSSObject { get; init; }

    /// <summary>RAW, VHD, QCOW2 or VMDK; without it the service looks for itself.</summary>
    public string? Format { get; init; }

    /// <summary>In GiB.</summary>
    public int? DiskImageSize { get; init; }
}

internal sealed record ImportImageReply : AcsReply
{
    public string? ImageId { get; init; }

    public string? TaskId { get; init; }

    public string? RegionId { get; init; }
}
