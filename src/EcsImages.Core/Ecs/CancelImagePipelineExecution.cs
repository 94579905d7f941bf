namespace EcsImages.Core.Ecs;

internal sealed record CancelImagePipelineExecutionRequest
{
    public required string RegionId { get; init; }

    public required string ExecutionId { get; init; }
}
