using System.Buffers.Binary;
using System.Numerics;

namespace EcsImages.Core.Disks.Inspection.Volumes.Fat;

/// <summary>Where a FAT file system has what, from its first sector (Microsoft's FAT specification 1.03).</summary>
internal sealed record FatLayout
{
    private const int EntrySize = 32;

    public required FileSystemKind Kind { get; init; }

    /// <summary>In bytes.</summary>
    public required int ClusterSize { get; init; }

    /// <summary>Of the first table, in bytes.</summary>
    public required long TableStart { get; init; }

    /// <summary>In bytes.</summary>
    public required long TableLength { get; init; }

    /// <summary>The root folder of FAT12 and FAT16, in bytes.</summary>
    public required long RootStart { get; init; }

    /// <summary>In bytes; 0 for FAT32.</summary>
    public required int RootLength { get; init; }

    /// <summary>The root folder of FAT32.</summary>
    public required uint RootCluster { get; init; }

    /// <summary>Of the first cluster, number 2, in bytes.</summary>
    public required long DataStart { get; init; }

    /// <summary>How many clusters there are.</summary>
    public required long Clusters { get; init; }

    public required string Label { get; init; }

    /// <summary>Null where the sector does not describe a FAT file system.</summary>
    public static FatLayout? TryRead(ReadOnlySpan<byte> boot)
    {
        var (sector, sectorsPerCluster, reserved, tables) = ((int)Short(boot, 11), (int)boot[13], (int)Short(boot, 14), (int)boot[16]);
        if (boot[0] is not (0xEB or 0xE9) || sector is not (512 or 1024 or 2048 or 4096) || !BitOperations.IsPow2(sectorsPerCluster)) return null;
        if (reserved == 0 || tables is < 1 or > 4 || boot[21] is not (0xF0 or >= 0xF8)) return null;
        long tableSectors = Short(boot, 22) is > 0 and var few ? few : BinaryPrimitives.ReadUInt32LittleEndian(boot[36..]);
        long sectors = Short(boot, 19) is > 0 and var small ? small : BinaryPrimitives.ReadUInt32LittleEndian(boot[32..]);
        var rootLength = Short(boot, 17) * EntrySize;
        var rootStart = reserved + tables * tableSectors;
        var dataStart = rootStart + (rootLength + sector - 1) / sector;
        var clusters = (sectors - dataStart) / sectorsPerCluster;
        if (tableSectors == 0 || clusters < 1) return null;
        var kind = Short(boot, 22) == 0 ? FileSystemKind.Fat32 : clusters < 4085 ? FileSystemKind.Fat12 : FileSystemKind.Fat16;
        var label = VolumeText.Of(boot.Slice(kind is FileSystemKind.Fat32 ? 71 : 43, 11));
        return new FatLayout
        {
            Kind = kind,
            ClusterSize = sector * sectorsPerCluster,
            TableStart = (long)reserved * sector,
            TableLength = tableSectors * sector,
            RootStart = rootStart * sector,
            RootLength = rootLength,
            RootCluster = BinaryPrimitives.ReadUInt32LittleEndian(boot[44..]),
            DataStart = dataStart * sector,
            Clusters = clusters,
            Label = label == "NO NAME" ? "" : label,
        };
    }

    private static ushort Short(ReadOnlySpan<byte> boot, int at) => BinaryPrimitives.ReadUInt16LittleEndian(boot[at..]);
}
