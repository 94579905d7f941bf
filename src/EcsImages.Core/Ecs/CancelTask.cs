namespace EcsImages.Core.Ecs;

internal sealed record CancelTaskRequest
{
    public required string RegionId { get; init; }

    public required string TaskId { get; init; }
}
