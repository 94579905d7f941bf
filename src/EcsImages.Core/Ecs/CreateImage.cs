using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record CreateImageRequest
{
    public required string RegionId { get; init; }

    public string? InstanceId { get; init; }

    public string? SnapshotId { get; init; }

    public IReadOnlyList<DiskDeviceMappingRequest>? DiskDeviceMapping { get; init; }

    public string? ImageName { get; init; }

    public string? Description { get; init; }

    public string? ImageFamily { get; init; }

    public string? ImageVersion { get; init; }

    public string? Platform { get; init; }

    public string? Architecture { get; init; }

    public string? BootMode { get; init; }

    public ImdsRequest? Features { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? ClientToken { get; init; }

    public bool? DryRun { get; init; }
}

internal sealed record ImdsRequest
{
    public string? ImdsSupport { get; init; }
}

internal sealed record DiskDeviceMappingRequest
{
    public string? DiskType { get; init; }

    public string? SnapshotId { get; init; }

    public int? Size { get; init; }

    public string? Device { get; init; }
}

internal sealed record CreateImageReply : AcsReply
{
    public string? ImageId { get; init; }
}
