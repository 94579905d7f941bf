using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImagePipelinesRequest
{
    public required string RegionId { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeImagePipelinesReply : AcsReply
{
    public ImagePipelinesReply? ImagePipeline { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ImagePipelinesReply
{
    public IReadOnlyList<ImagePipelineReply> ImagePipelineSet { get => field ?? []; init; } = [];
}

internal sealed record ImagePipelineReply
{
    public string? ImagePipelineId { get; init; }

    public string? Name { get; init; }

    public string? BaseImageType { get; init; }

    public string? BaseImage { get; init; }
}
