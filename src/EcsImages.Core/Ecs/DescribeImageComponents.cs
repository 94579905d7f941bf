using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImageComponentsRequest
{
    public required string RegionId { get; init; }

    /// <summary>At most 20.</summary>
    public IReadOnlyList<string>? ImageComponentId { get; init; }

    /// <summary>The whole name, no part of it.</summary>
    public string? Name { get; init; }

    /// <summary>One part of it may be *; only together with a name.</summary>
    public string? ComponentVersion { get; init; }

    public string? ComponentType { get; init; }

    public string? SystemType { get; init; }

    /// <summary>SELF or ALIYUN.</summary>
    public string? Owner { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ResourceGroupId { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeImageComponentsReply : AcsReply
{
    public ImageComponentsReply? ImageComponent { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ImageComponentsReply
{
    public IReadOnlyList<ImageComponentReply> ImageComponentSet { get => field ?? []; init; } = [];
}

internal sealed record ImageComponentReply
{
    public string? ImageComponentId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? ComponentType { get; init; }

    public string? ComponentVersion { get; init; }

    public string? SystemType { get; init; }

    public string? Content { get; init; }

    public ComponentParametersReply? Parameters { get; init; }

    public string? Owner { get; init; }

    public string? CreationTime { get; init; }

    public string? ResourceGroupId { get; init; }

    public TagsReply? Tags { get; init; }
}

internal sealed record ComponentParametersReply
{
    public IReadOnlyList<ComponentParameterReply> Parameter { get => field ?? []; init; } = [];
}

internal sealed record ComponentParameterReply
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? DefaultValue { get; init; }
}
