using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record CopyImageRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }

    public string? DestinationRegionId { get; init; }

    public string? DestinationImageName { get; init; }

    public string? DestinationDescription { get; init; }

    public bool? Encrypted { get; init; }

    public string? KMSKeyId { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? ClientToken { get; init; }

    public bool? DryRun { get; init; }
}

internal sealed record CopyImageReply : AcsReply
{
    public string? ImageId { get; init; }
}
