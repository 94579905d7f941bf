namespace EcsImages.Core.Images;

/// <summary>What there is to know before one relies on an image: trust, support, until when, what then, and who secures what.</summary>
/// <remarks>A date that is not known is null, never a guess.</remarks>
public sealed record EcsImageSupport
{
    /// <summary>The image.</summary>
    public required string ImageId { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Public, Custom, Shared, Marketplace or Community.</summary>
    public EcsImageType? ImageType { get; init; }

    /// <summary>How far it can be trusted, by its kind.</summary>
    public EcsImageTrust? Trust { get; init; }

    /// <summary>Who supports it now.</summary>
    public required string SupportedBy { get; init; }

    /// <summary>Why they do, or nobody does.</summary>
    public required string Why { get; init; }

    /// <summary>Its operating system and version, or what the image calls it.</summary>
    public string? OS { get; init; }

    /// <summary>Where that operating system stands today.</summary>
    public EcsOSPhase Phase { get; init; }

    /// <summary>The last day of full support.</summary>
    public DateOnly? MainstreamEnd { get; init; }

    /// <summary>The last day of the support that everybody has.</summary>
    public DateOnly? EndOfLife { get; init; }

    /// <summary>Days to the end of life; negative after it.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The last day of the extension that there is after the end of life.</summary>
    public DateOnly? ExtendedEnd { get; init; }

    /// <summary>The operating system to move to.</summary>
    public string? Successor { get; init; }

    /// <summary>What one can do when support ends, or has ended.</summary>
    public required string Afterwards { get; init; }

    /// <summary>Who made the image.</summary>
    public required string MadeBy { get; init; }

    /// <summary>What Alibaba Cloud secures.</summary>
    public required string AlibabaCloudSecures { get; init; }

    /// <summary>What you, the owner of the instances, have to do.</summary>
    public required string YouSecure { get; init; }

    /// <summary>What the image and its instances cost besides the instances and their disks.</summary>
    public required string Fee { get; init; }

    /// <summary>By which rule it costs that.</summary>
    public required string WhyFee { get; init; }

    /// <summary>In which regions images of its kind are.</summary>
    public string? Regions { get; init; }

    /// <summary>The region of the image.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which the image was seen.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>Who supports it.</summary>
    public override string ToString() => $"{ImageId}: {SupportedBy}";
}
