using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Ext;

/// <summary>Where the blocks of a file lie.</summary>
/// <param name="Physical">The block of the volume; 0 for zeros that are not stored.</param>
/// <param name="Count">How many blocks follow each other, from the one asked for on.</param>
internal readonly record struct ExtRun(long Physical, long Count);

/// <summary>Finds the blocks of files: by extents, or by the older tables of block numbers.</summary>
internal sealed class ExtBlocks(DiskView view, long blockSize)
{
    private const int Direct = 12, MostDepth = 5, ExtentSize = 12;
    private const int Unwritten = 32768;

    public ValueTask<ExtRun> FindAsync(ExtInode inode, long block, CancellationToken stop) =>
        inode.HasExtents ? ByExtentsAsync(inode.Blocks, block, stop) : ByTablesAsync(inode.Blocks, block, stop);

    private async ValueTask<ExtRun> ByExtentsAsync(ReadOnlyMemory<byte> node, long block, CancellationToken stop)
    {
        for (var level = 0; level <= MostDepth; level++)
        {
            var (entries, depth) = Header(node.Span);
            if (depth == 0) return Leaf(node.Span, entries, block);
            if (Child(node.Span, entries, block) is not { } child) return new ExtRun(0, 1);
            node = await BlockAsync(child, stop).ConfigureAwait(false);
        }
        throw new DamagedVolumeException($"the extents of a file lie more than {MostDepth} levels deep");
    }

    private static (int Entries, int Depth) Header(ReadOnlySpan<byte> node)
    {
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(node[2..]);
        if (BinaryPrimitives.ReadUInt16LittleEndian(node) != 0xF30A || entries > node.Length / ExtentSize - 1)
            throw new DamagedVolumeException("the extents of a file are damaged");
        return (entries, BinaryPrimitives.ReadUInt16LittleEndian(node[6..]));
    }

    private static ExtRun Leaf(ReadOnlySpan<byte> node, int entries, long block)
    {
        var next = long.MaxValue;
        for (var i = 1; i <= entries; i++)
        {
            var extent = node.Slice(i * ExtentSize, ExtentSize);
            long first = BinaryPrimitives.ReadUInt32LittleEndian(extent);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extent[4..]);
            var isUnwritten = length > Unwritten;
            if (isUnwritten) length -= Unwritten;
            if (block >= first && block - first < length)
            {
                var physical = (long)BinaryPrimitives.ReadUInt16LittleEndian(extent[6..]) << 32 | BinaryPrimitives.ReadUInt32LittleEndian(extent[8..]);
                return new ExtRun(isUnwritten ? 0 : physical + (block - first), length - (block - first));
            }
            if (first > block) next = Math.Min(next, first);
        }
        return new ExtRun(0, next == long.MaxValue ? 1 : next - block);
    }

    private static long? Child(ReadOnlySpan<byte> node, int entries, long block)
    {
        long? child = null;
        for (var i = 1; i <= entries; i++)
        {
            var index = node.Slice(i * ExtentSize, ExtentSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(index) > block) break;
            child = BinaryPrimitives.ReadUInt32LittleEndian(index[4..]) | (long)BinaryPrimitives.ReadUInt16LittleEndian(index[8..]) << 32;
        }
        return child;
    }

    private async ValueTask<ExtRun> ByTablesAsync(ReadOnlyMemory<byte> numbers, long block, CancellationToken stop)
    {
        if (block < Direct) return new ExtRun(Number(numbers, block), 1);
        var perBlock = blockSize / 4;
        var rest = block - Direct;
        var span = perBlock;
        for (var level = 1; level <= 3; level++, span *= perBlock)
        {
            if (rest >= span)
            {
                rest -= span;
                continue;
            }
            var at = Number(numbers, Direct + level - 1);
            for (var below = span / perBlock; at != 0 && below >= 1; below /= perBlock)
                at = BinaryPrimitives.ReadUInt32LittleEndian(await view.ReadAsync(Offset(at) + rest / below % perBlock * 4, 4, stop).ConfigureAwait(false));
            return new ExtRun(at, 1);
        }
        throw new DamagedVolumeException("a file would be longer than its tables can tell");
    }

    private ValueTask<byte[]> BlockAsync(long block, CancellationToken stop) => view.ReadAsync(Offset(block), (int)blockSize, stop);

    /// <summary>Of a block, in bytes.</summary>
    /// <exception cref="DamagedVolumeException">It lies behind the end.</exception>
    public long Offset(long block) => block >= 0 && block < view.Length / blockSize ? block * blockSize
        : throw new DamagedVolumeException($"block {block} is in use, but there are only {view.Length / blockSize}");

    private static uint Number(ReadOnlyMemory<byte> numbers, long index) => BinaryPrimitives.ReadUInt32LittleEndian(numbers.Span[(int)(index * 4)..]);
}
