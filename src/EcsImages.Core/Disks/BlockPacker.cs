using System.IO.Compression;

namespace EcsImages.Core.Disks;

/// <summary>Packs blocks, each by itself; from several threads at once.</summary>
/// <param name="blockSize">What each holds when it is unpacked, in bytes; a shorter one, the last of a disk, is filled up with zeros.</param>
/// <param name="level">How hard it tries.</param>
/// <param name="hasZlibFrame">Whether what zlib puts around the bytes is written too.</param>
/// <param name="most">Of a packed block, in bytes; what would be longer stays as it is.</param>
internal sealed class BlockPacker(int blockSize, CompressionLevel level, bool hasZlibFrame, int most = int.MaxValue)
{
    /// <summary>The room that any packed block has in, in bytes.</summary>
    /// <remarks>Source: zlib-ng, compressBound: the fastest level makes 9 bits of 8 of what cannot be packed.</remarks>
    public int Room { get; } = blockSize + (blockSize >> 3) + 256;

    /// <summary>Packs a block into a room; returns its length there, or 0 where it stays as it is.</summary>
    public int Pack(ReadOnlySpan<byte> block, ArraySegment<byte> room)
    {
        using var packed = new MemoryStream(room.Array!, room.Offset, room.Count);
        using (var stream = Open(packed))
        {
            stream.Write(block);
            if (block.Length < blockSize) stream.Write(new byte[blockSize - block.Length]);
        }
        return packed.Position <= most ? (int)packed.Position : 0;
    }

    private Stream Open(MemoryStream packed) =>
        hasZlibFrame ? new ZLibStream(packed, level, leaveOpen: true) : new DeflateStream(packed, level, leaveOpen: true);
}
