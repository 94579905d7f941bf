using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record CreateSnapshotRequest
{
    public required string DiskId { get; init; }

    public string? SnapshotName { get; init; }

    public string? Description { get; init; }

    public int? RetentionDays { get; init; }

    public string? ResourceGroupId { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record CreateSnapshotReply : AcsReply
{
    public string? SnapshotId { get; init; }
}
