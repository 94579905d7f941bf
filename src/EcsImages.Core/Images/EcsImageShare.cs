namespace EcsImages.Core.Images;

/// <summary>An account that an image is shared with. Source: DescribeImageSharePermission.</summary>
public sealed record EcsImageShare
{
    /// <summary>The image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The account that may use it.</summary>
    public required string AccountId { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? SharedTime { get; init; }

    /// <summary>The region of the image.</summary>
    public required string RegionId { get; init; }

    /// <summary>The owner's account, through which the share was seen.</summary>
    public required string ContextAccountId { get; init; }
}
