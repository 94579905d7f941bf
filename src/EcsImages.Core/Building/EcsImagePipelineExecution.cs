namespace EcsImages.Core.Building;

/// <summary>One run of a pipeline. Source: DescribeImagePipelineExecutions.</summary>
public sealed record EcsImagePipelineExecution
{
    /// <summary>The id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The pipeline.</summary>
    public string? ImagePipelineId { get; init; }

    /// <summary>The name of the pipeline, where it could be read.</summary>
    public string? PipelineName { get; init; }

    /// <summary>PREPARING, REPAIRING, BUILDING, TESTING, DISTRIBUTING, RELEASING, SUCCESS, PARTITION_SUCCESS (spelt so), FAILED, TEST_FAILED, CANCELLING or CANCELLED.</summary>
    public string? Status { get; init; }

    /// <summary>The stage that is under way; null when none is.</summary>
    public string? Stage => Stages.FirstOrDefault(static s => s.State is EcsBuildStageState.Running)?.Name;

    /// <summary>The stages that its pipeline has, in their order, with what has become of each as far as the status tells.</summary>
    public IReadOnlyList<EcsBuildStage> Stages { get; init => field = value.ToArray(); } = Array.Empty<EcsBuildStage>();

    /// <summary>The service's words for what goes on, or went wrong.</summary>
    public string? Message { get; init; }

    /// <summary>The service's code for what went wrong.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>More of the service's words for what went wrong.</summary>
    public string? ErrorInfo { get; init; }

    /// <summary>The image that it made, in the region of the pipeline; null while there is none.</summary>
    public string? ImageId { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>When its state last changed.</summary>
    public DateTimeOffset? ModifiedTime { get; init; }

    /// <summary>The resource group.</summary>
    public string? ResourceGroupId { get; init; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that it runs in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>Whether nothing more will come of it.</summary>
    internal bool IsOver => Status is "SUCCESS" or "PARTITION_SUCCESS" or "FAILED" or "TEST_FAILED" or "CANCELLED";

    /// <summary>The id.</summary>
    public override string ToString() => ExecutionId;
}
