namespace EcsImages.Core.Disks;

/// <summary>Where in a file the bytes of a disk lie: what a format's tables say.</summary>
internal interface IBlockMap
{
    DiskFormat Format { get; }

    /// <summary>The size of the disk, in bytes.</summary>
    long Length { get; }

    /// <summary>The size of the sectors that a machine sees, in bytes.</summary>
    int SectorSize => 512;

    /// <summary>What is worth knowing about the file.</summary>
    IReadOnlyList<string> Remarks { get; }

    /// <summary>What may keep the service from importing the file as it is.</summary>
    DiskTraits Traits => DiskTraits.None;

    /// <summary>The run that holds the byte at an offset within the length; it may begin before it and ends at the length at the latest.</summary>
    ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop);

    /// <summary>Unpacks what a packed run holds, into a block of the run's length.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or too few.</exception>
    /// <exception cref="DiskFormatException">They are not those of the run.</exception>
    void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block);
}

internal enum BlockKind
{
    /// <summary>Zeros, wherever they are said to be.</summary>
    Zero,

    /// <summary>Not in this file, but in the one that it is based on; zeros where there is none.</summary>
    Absent,

    /// <summary>Bytes that lie in the file as they are.</summary>
    Stored,

    /// <summary>Bytes that lie compressed in the file.</summary>
    Packed,
}

/// <summary>A run of the disk that lies in one piece.</summary>
/// <param name="Kind">How it lies in the file.</param>
/// <param name="Start">Its first byte on the disk.</param>
/// <param name="Length">On the disk, in bytes.</param>
/// <param name="Source">Its first byte in the file; without a meaning for zeros.</param>
/// <param name="SourceLength">For a packed run, how many bytes to read at most.</param>
internal readonly record struct BlockRun(BlockKind Kind, long Start, long Length, long Source = 0, int SourceLength = 0)
{
    public long End => Start + Length;
}
