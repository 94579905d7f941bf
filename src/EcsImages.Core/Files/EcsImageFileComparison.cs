namespace EcsImages.Core.Files;

/// <summary>What two disk-image files have in common: their disks, whatever the formats.</summary>
public sealed record EcsImageFileComparison
{
    /// <summary>The one file, in full.</summary>
    public required string Path { get; init; }

    /// <summary>The other file, in full.</summary>
    public required string DifferencePath { get; init; }

    /// <summary>Whether both hold the same disk: of the same size, and each byte the same.</summary>
    public bool IsEqual => DifferentBytes == 0 && SizeBytes == DifferenceSizeBytes;

    /// <summary>The size of the one disk, in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The size of the other disk, in bytes.</summary>
    public required long DifferenceSizeBytes { get; init; }

    /// <summary>How many bytes lie in sectors that differ. Beyond the end of the smaller disk, only what is not zero differs.</summary>
    public required long DifferentBytes { get; init; }

    /// <summary>Whether both disks have the same partitions at the same places.</summary>
    public required bool HasSamePartitions { get; init; }

    /// <summary>The partitions, and what else of the disk, in which something differs, in the order of the disk; by the partitions of the one disk, where it has any.</summary>
    public required EcsImageFilePlace[] Places { get; init; }

    /// <summary>Where the different bytes lie, in order, neighbours together; the first 1,000 of them. None lies in two places.</summary>
    public required EcsImageFileRange[] Ranges { get; init; }

    /// <summary>How many ranges there are besides.</summary>
    public required long MoreRanges { get; init; }
}

/// <summary>A part of a disk.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Place">The partition that it lies in, such as partition 2 (ext4 root); or the partition table, or what lies outside of it.</param>
public sealed record EcsImageFileRange(long Start, long Length, string Place)
{
    /// <summary>Such as 1048576+512.</summary>
    public override string ToString() => $"{Start}+{Length}";
}

/// <summary>A partition, or another place of a disk, in which something differs.</summary>
/// <param name="Place">Such as partition 2 (ext4 root), or partition table.</param>
/// <param name="PartitionNumber">Null where it is no partition.</param>
/// <param name="DifferentBytes">How many bytes lie in sectors that differ.</param>
public sealed record EcsImageFilePlace(string Place, int? PartitionNumber, long DifferentBytes)
{
    /// <summary>The place, and how much of it differs.</summary>
    public override string ToString() => $"{Place}: {DifferentBytes} bytes";
}
