using EcsImages.Core.Acs;

namespace EcsImages.Core.Quotas;

internal sealed record CreateQuotaApplicationRequest
{
    public required string ProductCode { get; init; }

    public required string QuotaActionCode { get; init; }

    public required double DesireValue { get; init; }

    public required string Reason { get; init; }

    public IReadOnlyList<QuotaDimension>? Dimensions { get; init; }

    /// <summary>The language of the answer's texts.</summary>
    public string? EnvLanguage { get; init; }
}

internal sealed record CreateQuotaApplicationReply : AcsReply
{
    public string? ApplicationId { get; init; }

    public string? Status { get; init; }

    public double? ApproveValue { get; init; }

    public string? AuditReason { get; init; }

    public string? ApplyTime { get; init; }
}
