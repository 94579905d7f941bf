namespace EcsImages.Core.Quotas;

/// <summary>How many there may be of something, in a region, and how many there are. Source: GetProductQuota of Quota Center.</summary>
public sealed record EcsImageQuota
{
    /// <summary>CustomImage: custom images in a region. SharedAccountPerImage: accounts that one image is shared with.</summary>
    public required string Name { get; init; }

    /// <summary>What Quota Center calls it.</summary>
    public required string QuotaActionCode { get; init; }

    /// <summary>What Quota Center says of it.</summary>
    public string? Description { get; init; }

    /// <summary>The region that it holds in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The image whose use this is, where the quota is one of each image.</summary>
    public string? ImageId { get; init; }

    /// <summary>How many there may be.</summary>
    public long? Total { get; init; }

    /// <summary>How many there are; null where the quota is one of each image, and no image was named.</summary>
    public long? Used { get; init; }

    /// <summary>How many more there may be.</summary>
    public long? Left => Used is { } used && Total is { } total ? Math.Max(0, total - used) : null;

    /// <summary>What is counted, as Quota Center says it.</summary>
    public string? Unit { get; init; }

    /// <summary>Whether one may ask for more.</summary>
    public bool Adjustable { get; init; }

    /// <summary>What one may ask for: the least and the most, or single values if <see cref="ApplicableType"/> is discontinuous.</summary>
    public IReadOnlyList<long> ApplicableRange { get; init => field = value.ToArray(); } = [];

    /// <summary>continuous, or discontinuous.</summary>
    public string? ApplicableType { get; init; }

    /// <summary>Why one may not ask for more: applicationProcess (one has asked already), limitReached, supportTicketRequired, nonactivated.</summary>
    public string? Reason { get; init; }

    /// <summary>The account whose quota it is.</summary>
    public required string ContextAccountId { get; init; }
}
