using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record CreateImagePipelineRequest
{
    public required string RegionId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>IMAGE, IMAGE_FAMILY or OSS.</summary>
    public required string BaseImageType { get; init; }

    /// <summary>The id of an image, or the name of a family; absent for OSS.</summary>
    public string? BaseImage { get; init; }

    public ImportImageOptionsRequest? ImportImageOptions { get; init; }

    public string? BuildContent { get; init; }

    public string? TestContent { get; init; }

    public string? InstanceType { get; init; }

    /// <summary>In GiB.</summary>
    public int? SystemDiskSize { get; init; }

    public string? VSwitchId { get; init; }

    /// <summary>In Mbit/s.</summary>
    public int? InternetMaxBandwidthOut { get; init; }

    public bool? DeleteInstanceOnFailure { get; init; }

    public string? RepairMode { get; init; }

    public IReadOnlyList<string>? RepairItem { get; init; }

    public PipelineImageRequest? ImageOptions { get; init; }

    public PipelineAdvancedRequest? AdvancedOptions { get; init; }

    public IReadOnlyList<string>? ToRegionId { get; init; }

    public IReadOnlyList<long>? AddAccount { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? ClientToken { get; init; }
}

/// <summary>The image that is built.</summary>
internal sealed record PipelineImageRequest
{
    public string? ImageName { get; init; }

    public string? ImageFamily { get; init; }

    public string? Description { get; init; }

    public NvmeRequest? ImageFeatures { get; init; }

    public IReadOnlyList<TagRequest>? ImageTags { get; init; }
}

internal sealed record NvmeRequest
{
    public string? NvmeSupport { get; init; }
}

internal sealed record PipelineAdvancedRequest
{
    /// <summary>disable: the image gets its name as it is, without the id of the execution behind it.</summary>
    public string? ImageNameSuffix { get; init; }

    public bool? RetainCloudAssistant { get; init; }
}

/// <summary>How the objects are imported that a pipeline builds on.</summary>
internal sealed record ImportImageOptionsRequest
{
    public IReadOnlyList<ImportDiskRequest>? DiskDeviceMappings { get; init; }

    public string? OSType { get; init; }

    public string? Platform { get; init; }

    public string? Architecture { get; init; }

    public string? BootMode { get; init; }

    public FeaturesRequest? Features { get; init; }

    public string? LicenseType { get; init; }

    public string? RoleName { get; init; }

    public string? RetentionStrategy { get; init; }
}

internal sealed record CreateImagePipelineReply : AcsReply
{
    public string? ImagePipelineId { get; init; }
}
