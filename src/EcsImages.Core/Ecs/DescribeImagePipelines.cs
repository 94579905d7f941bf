using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImagePipelinesRequest
{
    public required string RegionId { get; init; }

    /// <summary>At most 20.</summary>
    public IReadOnlyList<string>? ImagePipelineId { get; init; }

    /// <summary>The whole name, no part of it.</summary>
    public string? Name { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ResourceGroupId { get; init; }

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

    public string? Description { get; init; }

    public string? BaseImageType { get; init; }

    public string? BaseImage { get; init; }

    public ImportImageOptionsReply? ImportImageOptions { get; init; }

    public string? BuildContent { get; init; }

    public string? TestContent { get; init; }

    public string? InstanceType { get; init; }

    public int? SystemDiskSize { get; init; }

    public string? VSwitchId { get; init; }

    public int? InternetMaxBandwidthOut { get; init; }

    public bool? DeleteInstanceOnFailure { get; init; }

    public string? RepairMode { get; init; }

    public RepairItemsReply? RepairItems { get; init; }

    public PipelineImageReply? ImageOptions { get; init; }

    /// <summary>What older pipelines say in place of ImageOptions.</summary>
    public string? ImageName { get; init; }

    public string? ImageFamily { get; init; }

    public string? NvmeSupport { get; init; }

    public PipelineAdvancedReply? AdvancedOptions { get; init; }

    public ToRegionIdsReply? ToRegionIds { get; init; }

    public AddAccountsReply? AddAccounts { get; init; }

    public string? CreationTime { get; init; }

    public string? ResourceGroupId { get; init; }

    public TagsReply? Tags { get; init; }
}

internal sealed record PipelineImageReply
{
    public string? ImageName { get; init; }

    public string? ImageFamily { get; init; }

    public string? Description { get; init; }

    public NvmeReply? ImageFeatures { get; init; }

    public ImageTagsReply? ImageTags { get; init; }
}

internal sealed record NvmeReply
{
    public string? NvmeSupport { get; init; }
}

internal sealed record ImageTagsReply
{
    public IReadOnlyList<TagReply> ImageTag { get => field ?? []; init; } = [];
}

internal sealed record PipelineAdvancedReply
{
    public string? ImageNameSuffix { get; init; }

    public bool? RetainCloudAssistant { get; init; }
}

internal sealed record RepairItemsReply
{
    public IReadOnlyList<string> RepairItem { get => field ?? []; init; } = [];
}

internal sealed record ToRegionIdsReply
{
    public IReadOnlyList<string> ToRegionId { get => field ?? []; init; } = [];
}

internal sealed record AddAccountsReply
{
    public IReadOnlyList<string> AddAccount { get => field ?? []; init; } = [];
}

internal sealed record ImportImageOptionsReply
{
    public ImportDisksReply? DiskDeviceMappings { get; init; }

    public string? OSType { get; init; }

    public string? Platform { get; init; }

    public string? Architecture { get; init; }

    public string? BootMode { get; init; }

    public FeaturesReply? Features { get; init; }

    public string? LicenseType { get; init; }

    public string? RoleName { get; init; }

    public string? RetentionStrategy { get; init; }
}

internal sealed record ImportDisksReply
{
    public IReadOnlyList<ImportDiskReply> DiskDeviceMapping { get => field ?? []; init; } = [];
}

internal sealed record ImportDiskReply
{
    public string? OSSBucket { get; init; }

    public string? OSSObject { get; init; }

    public string? Format { get; init; }

    /// <summary>In GiB.</summary>
    public int? DiskImageSize { get; init; }
}
