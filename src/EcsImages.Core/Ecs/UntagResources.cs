namespace EcsImages.Core.Ecs;

internal sealed record UntagResourcesRequest
{
    public required string RegionId { get; init; }

    public required string ResourceType { get; init; }

    public required IReadOnlyList<string> ResourceId { get; init; }

    public IReadOnlyList<string>? TagKey { get; init; }

    public bool? All { get; init; }
}
