namespace EcsImages.Core.Ecs;

internal sealed record DeleteSnapshotRequest
{
    public required string SnapshotId { get; init; }

    public bool? Force { get; init; }
}
