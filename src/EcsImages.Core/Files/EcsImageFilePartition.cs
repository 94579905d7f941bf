using System.Globalization;
using EcsImages.Core.Disks.Inspection;

namespace EcsImages.Core.Files;

/// <summary>A partition of the disk in a disk-image file.</summary>
public sealed record EcsImageFilePartition
{
    /// <summary>As Linux counts: from 1, logical ones from 5; 0 for a file system without a partition table around it.</summary>
    public required int Number { get; init; }

    /// <summary>What the table says that it is for, such as EFI system.</summary>
    public required string Type { get; init; }

    /// <summary>Its name in a GUID partition table.</summary>
    public required string Name { get; init; }

    /// <summary>Its first byte on the disk.</summary>
    public required long StartBytes { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Its size in GiB.</summary>
    public double SizeGiB => Math.Round(SizeBytes / (double)(1L << 30), 3);

    /// <summary>What it holds, such as ext4, NTFS, swap, LVM2 or LUKS; empty where that is not known.</summary>
    public required string FileSystem { get; init; }

    /// <summary>The label of the file system.</summary>
    public required string Label { get; init; }

    /// <summary>The id of the file system, as Linux writes it.</summary>
    public required string Uuid { get; init; }

    /// <summary>Whether boot code in the first sector boots from it: active in an MBR, marked for legacy BIOS in a GPT.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Whether it is the EFI system partition.</summary>
    public required bool IsEfiSystem { get; init; }

    internal static EcsImageFilePartition Of(InspectedPartition partition) => new()
    {
        Number = partition.Number,
        Type = partition.TypeName,
        Name = partition.Name,
        StartBytes = partition.Start,
        SizeBytes = partition.Length,
        FileSystem = partition.FileSystem.Name(),
        Label = partition.Label,
        Uuid = partition.Uuid,
        IsActive = partition.IsActive,
        IsEfiSystem = partition.IsEfiSystem,
    };

    /// <summary>Such as 2 ext4 root (39.5 GiB).</summary>
    public override string ToString()
    {
        var words = (string[])[$"{Number}", FileSystem.Length > 0 ? FileSystem : Type, Label.Length > 0 ? Label : Name];
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', words.Where(static w => w.Length > 0))} ({SizeGiB:0.###} GiB)");
    }
}
