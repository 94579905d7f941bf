using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeTasksRequest
{
    public required string RegionId { get; init; }

    /// <summary>At most 100, with commas between.</summary>
    public string? TaskIds { get; init; }

    public IReadOnlyList<string>? ResourceIds { get; init; }

    public string? TaskAction { get; init; }

    /// <summary>Finished, Processing or Failed; the service ignores any other.</summary>
    public string? TaskStatus { get; init; }

    public string? StartTime { get; init; }

    public string? EndTime { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }
}

internal sealed record DescribeTasksReply : AcsReply
{
    public TaskSetReply? TaskSet { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }

    public int? TotalCount { get; init; }

    public string? RegionId { get; init; }
}

internal sealed record TaskSetReply
{
    public IReadOnlyList<TaskReply> Task { get => field ?? []; init; } = [];
}

internal sealed record TaskReply
{
    public string? TaskId { get; init; }

    public string? TaskAction { get; init; }

    public string? TaskStatus { get; init; }

    public string? ResourceId { get; init; }

    /// <summary>The text true or false.</summary>
    [JsonConverter(typeof(LenientText))]
    public string? SupportCancel { get; init; }

    public string? CreationTime { get; init; }

    public string? FinishedTime { get; init; }
}
