using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record StartImagePipelineExecutionRequest
{
    public required string RegionId { get; init; }

    public required string ImagePipelineId { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record StartImagePipelineExecutionReply : AcsReply
{
    public string? ExecutionId { get; init; }
}
