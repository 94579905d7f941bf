using System.Text.Json;
using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oos;

internal sealed record ListExecutionsRequest
{
    public string? RegionId { get; init; }

    /// <summary>The way to read one execution: there is no GetExecution.</summary>
    public string? ExecutionId { get; init; }

    public string? TemplateName { get; init; }

    public string? Status { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ListExecutionsReply : AcsReply
{
    public IReadOnlyList<ExecutionReply?> Executions { get => field ?? []; init; } = [];

    public string? NextToken { get; init; }

    public int? TotalCount { get; init; }
}

internal sealed record ExecutionReply
{
    public string? ExecutionId { get; init; }

    public string? TemplateName { get; init; }

    public string? Status { get; init; }

    public string? StatusMessage { get; init; }

    /// <summary>An object; some answers have it as text.</summary>
    public JsonElement? Parameters { get; init; }

    /// <summary>One JSON object as text.</summary>
    [JsonConverter(typeof(JsonText))]
    public string? Outputs { get; init; }

    public IReadOnlyList<CurrentTaskReply?> CurrentTasks { get => field ?? []; init; } = [];

    public string? ExecutedBy { get; init; }

    public string? CreateDate { get; init; }

    public string? EndDate { get; init; }
}

internal sealed record CurrentTaskReply
{
    public string? TaskName { get; init; }
}
