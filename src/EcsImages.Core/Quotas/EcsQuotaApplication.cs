namespace EcsImages.Core.Quotas;

/// <summary>An application for more of a quota. Source: CreateQuotaApplication of Quota Center.</summary>
public sealed record EcsQuotaApplication
{
    /// <summary>The service's id of it; the console of Quota Center lists it under this id.</summary>
    public required string ApplicationId { get; init; }

    /// <summary>The quota's name, such as CustomImage.</summary>
    public required string Name { get; init; }

    /// <summary>What Quota Center calls the quota.</summary>
    public required string QuotaActionCode { get; init; }

    /// <summary>The region whose quota it is.</summary>
    public required string RegionId { get; init; }

    /// <summary>Process, Agree, Disagree or Cancel.</summary>
    public string? Status { get; init; }

    /// <summary>The total before; null where it may not be read.</summary>
    public long? Previous { get; init; }

    /// <summary>The total that was asked for.</summary>
    public required long Requested { get; init; }

    /// <summary>The total that was granted.</summary>
    public long? Approved { get; init; }

    /// <summary>The reason that was given.</summary>
    public required string Reason { get; init; }

    /// <summary>The service's remark on its decision.</summary>
    public string? AuditReason { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? ApplyTime { get; init; }

    /// <summary>The account whose quota it is.</summary>
    public required string ContextAccountId { get; init; }
}
