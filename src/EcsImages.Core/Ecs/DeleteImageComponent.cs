namespace EcsImages.Core.Ecs;

internal sealed record DeleteImageComponentRequest
{
    public required string RegionId { get; init; }

    public required string ImageComponentId { get; init; }
}
