using EcsImages.Core.Acs;

namespace EcsImages.Core.Quotas;

internal sealed record ListProductQuotasRequest
{
    public required string ProductCode { get; init; }

    public string? KeyWord { get; init; }

    public IReadOnlyList<QuotaDimension>? Dimensions { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ListProductQuotasReply : AcsReply
{
    public IReadOnlyList<QuotaReply?> Quotas { get => field ?? []; init; } = [];

    public string? NextToken { get; init; }

    public int? TotalCount { get; init; }
}
