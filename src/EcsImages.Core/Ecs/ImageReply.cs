using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

/// <summary>An image as DescribeImages answers it.</summary>
internal sealed record ImageReply
{
    public string? ImageId { get; init; }

    public string? ImageName { get; init; }

    public string? ImageFamily { get; init; }

    [JsonConverter(typeof(LenientText))]
    public string? ImageVersion { get; init; }

    public string? Description { get; init; }

    public string? Status { get; init; }

    [JsonConverter(typeof(LenientText))]
    public string? Progress { get; init; }

    public string? CreationTime { get; init; }

    public int? Size { get; init; }

    public string? OSName { get; init; }

    public string? OSNameEn { get; init; }

    public string? OSType { get; init; }

    public string? Platform { get; init; }

    public string? Architecture { get; init; }

    public string? BootMode { get; init; }

    public FeaturesReply? Features { get; init; }

    public string? ImageOwnerAlias { get; init; }

    public long? ImageOwnerId { get; init; }

    public bool? IsPublic { get; init; }

    public bool? IsCopied { get; init; }

    [JsonConverter(typeof(LenientText))]
    public string? IsSelfShared { get; init; }

    public bool? IsSubscribed { get; init; }

    public bool? IsSupportCloudinit { get; init; }

    public bool? IsSupportIoOptimized { get; init; }

    public bool? LoginAsNonRootSupported { get; init; }

    public string? LicenseType { get; init; }

    public string? ProductCode { get; init; }

    public string? SupplierName { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? Usage { get; init; }

    public DiskDeviceMappingsReply? DiskDeviceMappings { get; init; }

    public TagsReply? Tags { get; init; }
}
