using EcsImages.Core.Acs;

namespace EcsImages.Core.Quotas;

internal sealed record GetProductQuotaRequest
{
    public required string ProductCode { get; init; }

    public required string QuotaActionCode { get; init; }

    public IReadOnlyList<QuotaDimension>? Dimensions { get; init; }
}

internal sealed record GetProductQuotaReply : AcsReply
{
    public QuotaReply? Quota { get; init; }
}

/// <summary>What a quota is counted by; those of ECS by regionId.</summary>
internal sealed record QuotaDimension
{
    public required string Key { get; init; }

    public required string Value { get; init; }

    public static IReadOnlyList<QuotaDimension> Region(string regionId) => [new() { Key = "regionId", Value = regionId }];
}

/// <summary>A quota as Quota Center describes it.</summary>
internal sealed record QuotaReply
{
    public string? QuotaActionCode { get; init; }

    public string? QuotaName { get; init; }

    public string? QuotaDescription { get; init; }

    public string? QuotaUnit { get; init; }

    public double? TotalQuota { get; init; }

    public double? TotalUsage { get; init; }

    /// <summary>Whether TotalUsage says anything.</summary>
    public bool? Consumable { get; init; }

    public bool? Adjustable { get; init; }

    public string? UnadjustableDetail { get; init; }

    public IReadOnlyList<double> ApplicableRange { get => field ?? []; init; } = [];

    /// <summary>continuous: the range has a least and a most; discontinuous: it lists all values.</summary>
    public string? ApplicableType { get; init; }
}
