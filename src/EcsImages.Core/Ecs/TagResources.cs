namespace EcsImages.Core.Ecs;

internal sealed record TagResourcesRequest
{
    public required string RegionId { get; init; }

    public required string ResourceType { get; init; }

    public required [s] ResourceId { get; init; }

    public required [TagRequest] Tag { get; init; }
}
