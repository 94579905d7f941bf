using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImagePipelineExecutionsRequest
{
    public required string RegionId { get; init; }

    /// <summary>Needed unless an execution is named.</summary>
    public string? ImagePipelineId { get; init; }

    public string? ExecutionId { get; init; }

    /// <summary>One or several, with commas between.</summary>
    public string? Status { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeImagePipelineExecutionsReply : AcsReply
{
    public ImagePipelineExecutionsReply? ImagePipelineExecution { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ImagePipelineExecutionsReply
{
    public IReadOnlyList<ImagePipelineExecutionReply> ImagePipelineExecutionSet { get => field ?? []; init; } = [];
}

internal sealed record ImagePipelineExecutionReply
{
    public string? ExecutionId { get; init; }

    public string? ImagePipelineId { get; init; }

    public string? Status { get; init; }

    public string? Message { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorInfo { get; init; }

    public string? ImageId { get; init; }

    public string? CreationTime { get; init; }

    public string? ModifiedTime { get; init; }

    public string? ResourceGroupId { get; init; }

    public TagsReply? Tags { get; init; }
}
