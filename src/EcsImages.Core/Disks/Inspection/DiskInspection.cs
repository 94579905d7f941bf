namespace EcsImages.Core.Disks.Inspection;

/// <summary>What is on a disk, so far as that can be told without starting or mounting it. What cannot be told is null or empty.</summary>
internal sealed record DiskInspection
{
    public required PartitionScheme Scheme { get; init; }

    /// <summary>Of the partition table: 512 or 4096 bytes.</summary>
    public int SectorSize { get; init; } = 512;

    /// <summary>In the order of their numbers; a file system without a table around it is number 0.</summary>
    public IReadOnlyList<InspectedPartition> Partitions { get; init; } = [];

    /// <summary>Whether a BIOS finds code to run: in the first sector, and what that goes on with.</summary>
    public bool CanBootBios { get; init; }

    /// <summary>Whether UEFI firmware finds a loader on an EFI system partition.</summary>
    public bool CanBootUefi { get; init; }

    /// <summary>Whether the disk is laid out for a BIOS, or for UEFI, whether or not a loader is there.</summary>
    public (bool Bios, bool Uefi) Layout { get; init; }

    /// <summary>BIOS, UEFI or UEFI-Preferred (both): what has a loader, or where nothing has, what the disk is laid out for; null where that cannot be told.</summary>
    public string? BootMode => CanBootBios || CanBootUefi ? Mode(CanBootBios, CanBootUefi) : Mode(Layout.Bios, Layout.Uefi);

    public bool HasLinux { get; init; }

    public bool HasWindows { get; init; }

    /// <summary>How many file systems hold the root of a Linux; of those that can be read.</summary>
    public int LinuxRoots { get; init; }

    /// <summary>Whether the files of a Linux could be read.</summary>
    public bool IsRootRead => LinuxRoots > 0;

    /// <summary>Whether it is the image of an installation medium (ISO 9660).</summary>
    public bool IsInstallationMedium { get; init; }

    /// <summary>linux or windows; null where neither or both are there.</summary>
    public string? OSType => (HasLinux, HasWindows) switch { (true, false) => "linux", (false, true) => "windows", _ => null };

    /// <summary>The ID of os-release, such as ubuntu.</summary>
    public string? OSId { get; init; }

    /// <summary>Such as Ubuntu 24.04.1 LTS.</summary>
    public string? OSName { get; init; }

    /// <summary>Such as 24.04.</summary>
    public string? OSVersion { get; init; }

    /// <summary>x86_64, arm64 or i386.</summary>
    public string? Architecture { get; init; }

    /// <summary>The name that ImportImage has for the system.</summary>
    public string? Platform { get; init; }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<InspectedKernel> Kernels { get; init; } = [];

    public bool? HasCloudInit { get; init; }

    public IReadOnlyList<FstabEntry> Fstab { get; init; } = [];

    public IReadOnlyList<EfiLoader> EfiLoaders { get; init; } = [];

    /// <summary>What is odd or damaged in the partition table alone.</summary>
    public IReadOnlyList<string> TableRemarks { get; init; } = [];

    /// <summary>What is odd or damaged, in sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    private static string? Mode(bool bios, bool uefi) => (bios, uefi) switch { (true, true) => "UEFI-Preferred", (true, false) => "BIOS", (false, true) => "UEFI", _ => null };
}
