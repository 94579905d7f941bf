using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImageFromFamilyRequest
{
    public required string RegionId { get; init; }

    public required string ImageFamily { get; init; }
}

internal sealed record DescribeImageFromFamilyReply : AcsReply
{
    public ImageFromFamilyReply? Image { get; init; }
}

/// <summary>An image as DescribeImageFromFamily answers it: fewer fields than DescribeImages; its id is what counts.</summary>
internal sealed record ImageFromFamilyReply
{
    public string? ImageId { get; init; }

    public string? ImageName { get; init; }

    public string? ImageFamily { get; init; }
}
