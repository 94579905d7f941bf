namespace EcsImages.Core.Machines;

/// <summary>A region of Alibaba Cloud. Source: DescribeRegions.</summary>
public sealed record EcsRegion
{
    /// <summary>The id, such as cn-hangzhou.</summary>
    public required string RegionId { get; init; }

    /// <summary>Its name in the language asked for.</summary>
    public string? LocalName { get; init; }

    /// <summary>available or soldOut.</summary>
    public string? Status { get; init; }

    /// <summary>The host of its ECS API.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The account through which it was seen.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => RegionId;
}
