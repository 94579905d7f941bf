using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeSnapshotsRequest
{
    public required string RegionId { get; init; }

    public string? SnapshotIds { get; init; }

    public string? SnapshotName { get; init; }

    public string? DiskId { get; init; }

    public string? InstanceId { get; init; }

    public string? Status { get; init; }

    public string? SourceDiskType { get; init; }

    public string? Usage { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeSnapshotsReply : AcsReply
{
    public SnapshotsReply? Snapshots { get; init; }

    public string? NextToken { get; init; }

    public int? TotalCount { get; init; }
}

internal sealed record SnapshotsReply
{
    public IReadOnlyList<SnapshotReply> Snapshot { get => field ?? []; init; } = [];
}

internal sealed record SnapshotReply
{
    public string? SnapshotId { get; init; }

    public string? SnapshotName { get; init; }

    public string? Description { get; init; }

    public string? RegionId { get; init; }

    public string? Status { get; init; }

    [JsonConverter(typeof(LenientText))]
    public string? Progress { get; init; }

    public int? RemainTime { get; init; }

    public string? SourceDiskId { get; init; }

    public string? SourceDiskType { get; init; }

    [JsonConverter(typeof(LenientText))]
    public string? SourceDiskSize { get; init; }

    public bool? Encrypted { get; init; }

    public string? KMSKeyId { get; init; }

    public string? Usage { get; init; }

    public string? CreationTime { get; init; }

    public TagsReply? Tags { get; init; }
}
