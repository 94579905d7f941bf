namespace EcsImages.Core.Images;

/// <summary>An image as an account sees it in a region. Source: DescribeImages.</summary>
/// <remarks>A value that the service adds tomorrow stays as it came; a property that it did not answer is null.
/// What is known about it (Trust and so on) is worked out when it is asked for, so that a listing costs nothing for it.</remarks>
public record EcsImage
{
    /// <summary>The id.</summary>
    public required string ImageId { get; init; }

    /// <summary>The name; unique among one's own images of a region.</summary>
    public string? Name { get; init; }

    /// <summary>The image family.</summary>
    public string? Family { get; init; }

    /// <summary>The version that its maker gave it.</summary>
    public string? Version { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>Public, Custom, Shared, Marketplace or Community; null for a kind not known to this version.</summary>
    public EcsImageType? ImageType { get; init; }

    /// <summary>Creating, Waiting, Available, UnAvailable, CreateFailed or Deprecated.</summary>
    public string? Status { get; init; }

    /// <summary>How far its creation is, in percent.</summary>
    public int? ProgressPercent { get; init; }

    /// <summary>The size of the system disk in GiB.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>The operating system, in English.</summary>
    public string? OSName { get; init; }

    /// <summary>linux or windows.</summary>
    public string? OSType { get; init; }

    /// <summary>The distribution, such as Ubuntu.</summary>
    public string? Platform { get; init; }

    /// <summary>x86_64, i386 or arm64.</summary>
    public string? Architecture { get; init; }

    /// <summary>BIOS, UEFI or UEFI-Preferred.</summary>
    public string? BootMode { get; init; }

    /// <summary>supported or unsupported.</summary>
    public string? NvmeSupport { get; init; }

    /// <summary>v1, or v2 for instances with the hardened metadata service only.</summary>
    public string? ImdsSupport { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>The disks that an instance of it gets.</summary>
    public IReadOnlyList<EcsImageDisk> Disks { get; init => field = value.ToArray(); } = [];

    /// <summary>Whether a disk of it is encrypted.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Whether it is a copy.</summary>
    public bool? IsCopied { get; init; }

    /// <summary>Whether its owner shares it with other accounts.</summary>
    public bool? IsShared { get; init; }

    /// <summary>Whether everybody sees it.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>Whether a Marketplace image is subscribed to.</summary>
    public bool? IsSubscribed { get; init; }

    /// <summary>Whether cloud-init may set up its instances.</summary>
    public bool? IsCloudInitSupported { get; init; }

    /// <summary>instance or none: whether own instances use it.</summary>
    public string? Usage { get; init; }

    /// <summary>The account that owns it; 0 for public images.</summary>
    public string? OwnerAccountId { get; init; }

    /// <summary>The verified supplier of a community image.</summary>
    public string? SupplierName { get; init; }

    /// <summary>The Marketplace product.</summary>
    public string? ProductCode { get; init; }

    /// <summary>The license of an imported Windows.</summary>
    public string? LicenseType { get; init; }

    /// <summary>The resource group.</summary>
    public string? ResourceGroupId { get; init; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that it lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>How far it can be trusted, by its kind.</summary>
    public EcsImageTrust? Trust => Trusts.Of(ImageType);

    /// <summary>Whether it holds the system disk alone, or data disks too.</summary>
    public EcsImageContent Content => Contents.Of(Disks);

    /// <summary>Who supports it now; Get-EcsImageSupport says why.</summary>
    public string SupportedBy => Supporters.Of(this, SeenOn).Name;

    /// <summary>The last day of support of its operating system; null if that is not known.</summary>
    public DateOnly? EndOfLife => Lifecycles.Of(this)?.EndOfLife;

    /// <summary>What it and its instances cost besides the instances and their disks.</summary>
    public string Fee => Fees.Of(this).Text;

    /// <summary>The day on which it was seen, which the rules take for today.</summary>
    internal DateOnly SeenOn { get; init; }

    /// <summary>The id: what a cmdlet that takes a text wants of an image.</summary>
    public override string ToString() => ImageId;
}
