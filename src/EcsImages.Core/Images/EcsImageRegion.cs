namespace EcsImages.Core.Images;

/// <summary>Whether a region has an image or its equivalent. ImageId and RegionId name what is there, so that it can be piped on.</summary>
public sealed record EcsImageRegion
{
    /// <summary>The image that was asked for.</summary>
    public required string SourceImageId { get; init; }

    /// <summary>A region that the image that was asked for lives in.</summary>
    public required string SourceRegionId { get; init; }

    /// <summary>The region that was looked in.</summary>
    public required string RegionId { get; init; }

    /// <summary>Whether instances can be launched there from what was found.</summary>
    public bool Available => Status is "Available" or "Deprecated";

    /// <summary>Same, SameFamily, SameProduct, Copy, or None if there is nothing.</summary>
    public EcsImageMatch Match { get; init; }

    /// <summary>The id of the image or its equivalent in that region; null if there is none.</summary>
    public string? ImageId { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Its status; a copy that is under way is Creating or Waiting.</summary>
    public string? Status { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>Why it is held to be the equivalent, or why there is none.</summary>
    public required string Reason { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The region and the id there.</summary>
    public override string ToString() => ImageId is null ? $"{RegionId}: none" : $"{RegionId}: {ImageId}";
}
