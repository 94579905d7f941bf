namespace EcsImages.Core.Ecs;

internal sealed record TagResourcesRequest
{
    public required string RegionId { get; init; }

    public required string ResourceType { get; init; }

    public required IReadOnlyList<string> ResourceId { get; init; }

    public required IReadOnlyList<TagRequest> Tag { get; init; }
}
