namespace EcsImages.Core.Ecs;

internal sealed record CancelCopyImageRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }
}
