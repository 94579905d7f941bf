using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeTaskAttributeRequest
{
    public required string RegionId { get; init; }

    public required string TaskId { get; init; }
}

internal sealed record DescribeTaskAttributeReply : AcsReply
{
    public string? TaskId { get; init; }

    public string? TaskAction { get; init; }

    public string? TaskStatus { get; init; }

    /// <summary>Percent, such as 100%.</summary>
    [JsonConverter(typeof(LenientText))]
    public string? TaskProcess { get; init; }

    /// <summary>The text true or false.</summary>
    [JsonConverter(typeof(LenientText))]
    public string? SupportCancel { get; init; }

    public int? TotalCount { get; init; }

    public int? SuccessCount { get; init; }

    public int? FailedCount { get; init; }

    public string? CreationTime { get; init; }

    public string? FinishedTime { get; init; }

    public OperationProgressSetReply? OperationProgressSet { get; init; }

    public string? RegionId { get; init; }
}

internal sealed record OperationProgressSetReply
{
    public IReadOnlyList<OperationProgressReply> OperationProgress { get => field ?? []; init; } = [];
}

/// <summary>One of the things that a task does, such as the writing of one disk's file.</summary>
internal sealed record OperationProgressReply
{
    public string? OperationStatus { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMsg { get; init; }

    public RelatedItemSetReply? RelatedItemSet { get; init; }
}

internal sealed record RelatedItemSetReply
{
    public IReadOnlyList<RelatedItemReply> RelatedItem { get => field ?? []; init; } = [];
}

/// <summary>What it concerns, by name: OSSObject and others.</summary>
internal sealed record RelatedItemReply
{
    public string? Name { get; init; }

    public string? Value { get; init; }
}
