namespace EcsImages.Core.Ecs;

internal sealed record TagResourcesRequest
{
    public required string RegionId { get; init; }

    public required string ResourceType { get; init; }

    public required IReadOnlyList<string> ResourceId { get; init; }

    public required IReadOnlyList<NewTagRequest> Tag { get; init; }
}

/// <summary>A tag to be set; unlike one that is looked for, it needs a value, if an empty one.</summary>
internal sealed record NewTagRequest
{
    public required string Key { get; init; }

    public required string Value { get; init; }
}
