using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Xfs;

/// <summary>Where the blocks of a file lie.</summary>
/// <param name="Physical">The number of the block; null for zeros that are not stored.</param>
/// <param name="Count">How many blocks follow each other, from the one asked for on.</param>
internal readonly record struct XfsRun(ulong? Physical, long Count);

/// <summary>Finds the blocks of files, by the extents in an inode or by their tree (chapters 17 and 18).</summary>
internal sealed class XfsBlocks(DiskView view, XfsSuperblock super)
{
    private const int RecordSize = 16, MostLevels = 8, Header = 24, CheckedHeader = 72;

    public async ValueTask<XfsRun> FindAsync(XfsInode inode, long block, CancellationToken stop) => inode.Format switch
    {
        XfsFormat.Extents => Among(inode.Fork.Span, inode.Extents, block),
        XfsFormat.Tree => await InTreeAsync(inode.Fork, block, stop).ConfigureAwait(false),
        var other => throw new DamagedVolumeException($"a file has its content in a way {(int)other} that is not read here"),
    };

    private async ValueTask<XfsRun> InTreeAsync(ReadOnlyMemory<byte> root, long block, CancellationToken stop)
    {
        // The root in the inode has a short header, and room for as many keys as pointers.
        var child = Child(root.Span[4..], (root.Length - 4) / RecordSize, BinaryPrimitives.ReadUInt16BigEndian(root.Span[2..]), block);
        var header = super.Version == 5 ? CheckedHeader : Header;
        for (var level = 0; level < MostLevels; level++)
        {
            if (child is not { } at) return new XfsRun(null, 1);
            var node = await view.ReadAsync(super.Offset(at), super.BlockSize, stop).ConfigureAwait(false);
            if (!node.AsSpan().StartsWith(super.Version == 5 ? "BMA3"u8 : "BMAP"u8)) throw new DamagedVolumeException("the tree of a file's extents is damaged");
            var (height, count) = (BinaryPrimitives.ReadUInt16BigEndian(node.AsSpan(4)), BinaryPrimitives.ReadUInt16BigEndian(node.AsSpan(6)));
            var most = (super.BlockSize - header) / RecordSize;
            if (height == 0) return Among(node.AsSpan(header), Math.Min(count, most), block);
            child = Child(node.AsSpan(header), most, count, block);
        }
        throw new DamagedVolumeException($"the tree of a file's extents is more than {MostLevels} levels high");
    }

    // The last one whose first block is not behind the one asked for.
    private static ulong? Child(ReadOnlySpan<byte> keys, int most, int count, long block)
    {
        if (count > most) throw new DamagedVolumeException("the tree of a file's extents is damaged");
        ulong? child = null;
        for (var i = 0; i < count; i++)
        {
            if (BinaryPrimitives.ReadUInt64BigEndian(keys[(i * 8)..]) > (ulong)block) break;
            child = BinaryPrimitives.ReadUInt64BigEndian(keys[((most + i) * 8)..]);
        }
        return child;
    }

    private static XfsRun Among(ReadOnlySpan<byte> records, int count, long block)
    {
        var next = long.MaxValue;
        for (var i = 0; i < count; i++)
        {
            var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(records[(i * RecordSize)..]), BinaryPrimitives.ReadUInt64BigEndian(records[(i * RecordSize + 8)..]));
            var (first, length) = ((long)(high >> 9 & ((1UL << 54) - 1)), (long)(low & 0x1FFFFF));
            if (block >= first && block - first < length)
                return new XfsRun(high >> 63 != 0 ? null : ((high & 0x1FF) << 43 | low >> 21) + (ulong)(block - first), length - (block - first));
            if (first > block) next = Math.Min(next, first);
        }
        return new XfsRun(null, next == long.MaxValue ? 1 : next - block);
    }
}
