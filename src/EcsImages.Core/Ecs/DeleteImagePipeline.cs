namespace EcsImages.Core.Ecs;

internal sealed record DeleteImagePipelineRequest
{
    public required string RegionId { get; init; }

    public required string ImagePipelineId { get; init; }
}
