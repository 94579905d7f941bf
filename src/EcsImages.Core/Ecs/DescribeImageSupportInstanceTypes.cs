using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImageSupportInstanceTypesRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }

    public string? ActionType { get; init; }
}

internal sealed record DescribeImageSupportInstanceTypesReply : AcsReply
{
    public string? ImageId { get; init; }

    public string? RegionId { get; init; }

    public InstanceTypesReply? InstanceTypes { get; init; }
}
