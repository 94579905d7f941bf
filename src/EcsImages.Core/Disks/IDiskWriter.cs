namespace EcsImages.Core.Disks;

/// <summary>Writes a disk in a format. What is never written is zeros.</summary>
internal interface IDiskWriter
{
    DiskFormat Format { get; }

    /// <summary>The size of the disk, in bytes.</summary>
    long Length { get; }

    /// <summary>What is written is whole blocks of this size, in bytes, but for the last of the disk.</summary>
    int BlockSize { get; }

    /// <summary>Packs blocks, each by itself and on any thread, before they are written; null where they go out as they are.</summary>
    BlockPacker? Packer { get; }

    /// <summary>Whether blocks may be written in any order, and from several threads at once.</summary>
    bool TakesAnyOrder => false;

    /// <summary>Writes one block or several that follow each other, behind those that were written before where the order matters; packed, it is one.</summary>
    ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop);

    /// <summary>Writes what makes a disk of the blocks.</summary>
    ValueTask CompleteAsync(CancellationToken stop);
}
