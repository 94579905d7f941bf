using EcsImages.Core.Acs;

namespace EcsImages.Core.Oos;

internal sealed record ListExecutionLogsRequest
{
    public string? RegionId { get; init; }

    public required string ExecutionId { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ListExecutionLogsReply : AcsReply
{
    public IReadOnlyList<ExecutionLogReply?> ExecutionLogs { get => field ?? []; init; } = [];

    public bool? IsTruncated { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ExecutionLogReply
{
    public string? TaskExecutionId { get; init; }

    public string? Message { get; init; }

    public string? Timestamp { get; init; }
}
