namespace EcsImages.Core.Ecs;

internal sealed record DeleteImageRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }

    public bool? Force { get; init; }

    public bool? DryRun { get; init; }
}
