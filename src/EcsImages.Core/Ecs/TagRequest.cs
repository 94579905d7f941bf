namespace EcsImages.Core.Ecs;

internal sealed record TagRequest
{
    public required string Key { get; init; }

    public string? Value { get; init; }
}
