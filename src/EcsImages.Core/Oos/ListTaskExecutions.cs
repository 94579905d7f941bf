using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oos;

internal sealed record ListTaskExecutionsRequest
{
    public string? RegionId { get; init; }

    public string? ExecutionId { get; init; }

    public string? SortField { get; init; }

    public string? SortOrder { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ListTaskExecutionsReply : AcsReply
{
    public IReadOnlyList<TaskExecutionReply?> TaskExecutions { get => field ?? []; init; } = [];

    public string? NextToken { get; init; }
}

internal sealed record TaskExecutionReply
{
    public string? TaskExecutionId { get; init; }

    public string? TaskName { get; init; }

    public string? TaskAction { get; init; }

    public string? Status { get; init; }

    public string? StatusMessage { get; init; }

    /// <summary>One JSON object as text.</summary>
    [JsonConverter(typeof(JsonText))]
    public string? Outputs { get; init; }

    public string? StartDate { get; init; }

    public string? EndDate { get; init; }
}
