using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Local.Store;

/// <summary>An image: a row of an account, or one of the catalog. Its state is a pure function of it and the time.</summary>
internal sealed record Image
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The owner's account id; "0" for the service.</summary>
    public required string Owner { get; init; }
    public string RegionId { get; init; } = "";
    public string Description { get; init; } = "";
    public string Family { get; init; } = "";
    public string Version { get; init; } = "";
    public string OsType { get; init; } = "linux";
    public string OsName { get; init; } = "";
    public string OsNameEn { get; init; } = "";
    public string Platform { get; init; } = "Others Linux";
    public string Architecture { get; init; } = "x86_64";
    public string BootMode { get; init; } = "BIOS";
    public string Nvme { get; init; } = "unsupported";
    public string Imds { get; init; } = "v1";
    public string SecureBoot { get; init; } = "";
    public string LicenseType { get; init; } = "";
    public bool CloudInit { get; init; } = true;
    public bool IoOptimized { get; init; } = true;
    public bool LoginAsNonRoot { get; init; }
    public int SizeGiB { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the work on it begins; null while it waits in a queue.</summary>
    public DateTimeOffset? StartedAt { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>While its bytes are on their way, how long the work takes by the clock alone; null else.</summary>
    public TimeSpan? Planned { get; init; }

    /// <summary>How many of them are there, 0 to 99.</summary>
    public int BytesPercent { get; init; }

    /// <summary>What it is once the work has ended.</summary>
    public string Outcome { get; init; } = ImageState.Available;
    public string Failure { get; init; } = "";
    public bool IsPublic { get; init; }
    public bool IsCopied { get; init; }
    public string MadeBy { get; init; } = "";
    public string? SourceImage { get; init; }
    public string? SourceRegion { get; init; }
    public string? SourceInstance { get; init; }

    /// <summary>Whether any of its disks is; each says so of itself.</summary>
    public bool Encrypted { get; init; }
    public string KmsKey { get; init; } = "";
    public string ProductCode { get; init; } = "";
    public string Supplier { get; init; } = "";
    public string ResourceGroup { get; init; } = "";
    public string Detection { get; init; } = "";

    /// <summary>system or marketplace for those of the catalog; empty where it depends on who asks.</summary>
    public string CatalogAlias { get; init; } = "";

    /// <summary>For a few public images the only families that they start on; a star at the end stands for the rest.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];
    public IReadOnlyList<ImageDisk> Disks { get; init; } = [];

    /// <summary>Whether all of it is encrypted; an empty disk has nothing that could be.</summary>
    public bool IsWhollyEncrypted => Encrypted && Disks.All(static d => d.Encrypted || d.Snapshot.Length == 0);

    /// <summary>Whether an instance could be made of it in that state. Nothing in this API subscribes an account to a product of the Marketplace.</summary>
    public bool IsUsableWhen(string status) => CatalogAlias != "marketplace" && StatusRule.Launches(status) is true;

    /// <summary>How the one who asks sees it.</summary>
    public string AliasFor(string account) => CatalogAlias.Length > 0 ? CatalogAlias : Owner == account ? "self" : "others";
}

/// <summary>A disk in an image.</summary>
internal sealed record ImageDisk(
    string Device, string Type, int SizeGiB, string Snapshot, string Format, string OssBucket = "", string OssObject = "",
    bool Encrypted = false, string? ContentId = null);
