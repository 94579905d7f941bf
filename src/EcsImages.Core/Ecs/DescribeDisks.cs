using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeDisksRequest
{
    public required string RegionId { get; init; }

    public string? DiskIds { get; init; }

    public string? InstanceId { get; init; }

    public string? DiskName { get; init; }

    public string? DiskType { get; init; }

    public string? Category { get; init; }

    public string? Status { get; init; }

    public string? SnapshotId { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeDisksReply : AcsReply
{
    public DisksReply? Disks { get; init; }

    public string? NextToken { get; init; }

    public int? TotalCount { get; init; }
}

internal sealed record DisksReply
{
    public IReadOnlyList<DiskReply> Disk { get => field ?? []; init; } = [];
}

internal sealed record DiskReply
{
    public string? DiskId { get; init; }

    public string? DiskName { get; init; }

    public string? Description { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public string? InstanceId { get; init; }

    public string? Type { get; init; }

    public string? Device { get; init; }

    public string? Category { get; init; }

    public string? PerformanceLevel { get; init; }

    public int? Size { get; init; }

    public string? Status { get; init; }

    public bool? Encrypted { get; init; }

    public string? KMSKeyId { get; init; }

    public string? ImageId { get; init; }

    public string? SourceSnapshotId { get; init; }

    public bool? DeleteWithInstance { get; init; }

    public string? CreationTime { get; init; }

    public TagsReply? Tags { get; init; }
}
