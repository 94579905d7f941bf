namespace EcsImages.Core.Building;

/// <summary>What is to be built, from what, on what, and where the image goes. Source: DescribeImagePipelines.</summary>
/// <remarks>The service has no call that modifies one. No property is called ImageId: piped to Remove-EcsImage, a pipeline names no image.</remarks>
public sealed record EcsImagePipeline
{
    /// <summary>The id.</summary>
    public required string ImagePipelineId { get; init; }

    /// <summary>The name; several may have the same one.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>What it builds on: IMAGE, IMAGE_FAMILY (its newest image at the time), or OSS (objects that are imported first).</summary>
    public string? BaseImageType { get; init; }

    /// <summary>The id of the image, or the family; for OSS the objects.</summary>
    public string? BaseImage { get; init; }

    /// <summary>How the objects are imported that it builds on; null where it builds on an image.</summary>
    public EcsImagePipelineImport? Import { get; init; }

    /// <summary>The commands, a line each.</summary>
    public string? BuildContent { get; init; }

    /// <summary>The commands that run on an instance of the new image; null where it is not tested.</summary>
    public string? TestContent { get; init; }

    /// <summary>The instance type that it is built on; null where the service chooses.</summary>
    public string? InstanceType { get; init; }

    /// <summary>The system disk that it is built on, in GiB.</summary>
    public int? SystemDiskSizeGiB { get; init; }

    /// <summary>The vSwitch of the instance; null for a network that the service makes and removes.</summary>
    public string? VSwitchId { get; init; }

    /// <summary>The bandwidth of the instance to the Internet, in Mbit/s; 0 for none.</summary>
    public int? InternetMaxBandwidthOut { get; init; }

    /// <summary>Whether the instance goes away when the build fails.</summary>
    public bool? DeleteInstanceOnFailure { get; init; }

    /// <summary>Standard, All or Customized; null where nothing is repaired.</summary>
    public string? RepairMode { get; init; }

    /// <summary>What a Customized repair mends.</summary>
    public IReadOnlyList<string> RepairItem { get; init => field = value.ToArray(); } = Array.Empty<string>();

    /// <summary>The name of the image, or what it begins with.</summary>
    public string? ImageName { get; init; }

    /// <summary>Whether the id of the execution stands behind the name of the image.</summary>
    public bool HasImageNameSuffix { get; init; } = true;

    /// <summary>The family of the image.</summary>
    public string? ImageFamily { get; init; }

    /// <summary>The description of the image.</summary>
    public string? ImageDescription { get; init; }

    /// <summary>supported, unsupported or auto.</summary>
    public string? NvmeSupport { get; init; }

    /// <summary>The tags of the image.</summary>
    public IDictionary<string, string> ImageTags { get; init; } = new Dictionary<string, string>();

    /// <summary>The regions that the image goes to.</summary>
    public IReadOnlyList<string> DestinationRegionId { get; init => field = value.ToArray(); } = Array.Empty<string>();

    /// <summary>The accounts that the image is shared with.</summary>
    public IReadOnlyList<string> AccountId { get; init => field = value.ToArray(); } = Array.Empty<string>();

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>The resource group.</summary>
    public string? ResourceGroupId { get; init; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that it lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => ImagePipelineId;
}
