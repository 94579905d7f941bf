namespace EcsImages.Core.Disks.Inspection;

/// <summary>A partition, and what it holds.</summary>
internal sealed record InspectedPartition
{
    /// <summary>As Linux counts: from 1, logical ones from 5; 0 for a file system without a partition table around it.</summary>
    public required int Number { get; init; }

    /// <summary>Where it begins on the disk, in bytes.</summary>
    public required long Start { get; init; }

    /// <summary>In bytes.</summary>
    public required long Length { get; init; }

    /// <summary>What the table says that it is for: such as EFI system, or the type's number or GUID where that is not known.</summary>
    public required string TypeName { get; init; }

    /// <summary>The name in a GPT; empty in an MBR.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether boot code in the first sector boots from it: active in an MBR, marked for legacy BIOS in a GPT.</summary>
    public bool IsActive { get; init; }

    public bool IsEfiSystem { get; init; }

    /// <summary>Whether it keeps the loader of GRUB for BIOS on a GPT disk.</summary>
    public bool IsBiosBoot { get; init; }

    /// <summary>Whether Windows made it for itself: reserved, or for recovery.</summary>
    public bool IsOfWindows { get; init; }

    /// <summary>Whether it only holds the logical partitions.</summary>
    public bool IsExtended { get; init; }

    /// <summary>x86_64, arm64 or i386 where the type of the partition says so; else null.</summary>
    public string? Architecture { get; init; }

    /// <summary>Its own id in a GPT, or disk and number in an MBR, as Linux writes PARTUUID; empty where there is none.</summary>
    public string PartUuid { get; init; } = "";

    /// <summary>Whether it lies within the disk.</summary>
    public bool IsWhole { get; init; } = true;

    public FileSystemKind FileSystem { get; init; }

    /// <summary>The label of the file system; empty where it has none.</summary>
    public string Label { get; init; } = "";

    /// <summary>The id of the file system as Linux writes it; empty where it has none.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The features of an ext file system by the names that mkfs gives them, as far as they matter here.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>For sentences.</summary>
    public string Called => Number == 0 ? "the disk" : $"partition {Number}";
}
