namespace EcsImages.Core.Disks;

/// <summary>What of a disk-image file may keep the service from importing it as it is.</summary>
internal sealed record DiskTraits
{
    public static readonly DiskTraits None = new();

    /// <summary>Whether QEMU marked it so.</summary>
    public bool IsMarkedCorrupt { get; init; }

    /// <summary>Whether a program that wrote to it ended before it closed it.</summary>
    public bool WasNotClosed { get; init; }

    /// <summary>Whether a part of the disk lies in other files.</summary>
    public bool NeedsOtherFiles { get; init; }

    /// <summary>Whether it is, most likely, one of several files of a disk, and not the one that names the others.</summary>
    public bool IsPiece { get; init; }

    /// <summary>How many internal snapshots it holds.</summary>
    public int Snapshots { get; init; }

    /// <summary>Of a dynamic VHD: how many bytes its table of blocks covers; else null.</summary>
    public long? CoveredBytes { get; init; }
}
