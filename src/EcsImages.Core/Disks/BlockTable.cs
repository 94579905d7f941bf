namespace EcsImages.Core.Disks;

/// <summary>What an entry of a table says of one block: where it lies in the file; null for zeros.</summary>
internal delegate long? BlockEntry(ReadOnlySpan<byte> entry, long index);

/// <summary>A table with an entry for each block of a disk, in the order of the blocks.</summary>
internal sealed class BlockTable(PagedTable table, int entrySize, long blockSize, long length, BlockEntry read)
{
    /// <summary>The run that holds the byte at an offset: neighbours that lie in one piece, or are zeros, make one, within a page of the table.</summary>
    public async ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop)
    {
        var index = offset / blockSize;
        var page = await table.FromAsync(index * entrySize, stop).ConfigureAwait(false);
        return Merge(page.Span, index);
    }

    private BlockRun Merge(ReadOnlySpan<byte> entries, long index)
    {
        var first = read(entries[..entrySize], index);
        var start = index * blockSize;
        long count = 1;
        for (var rest = entries[entrySize..]; rest.Length >= entrySize && start + count * blockSize < length; rest = rest[entrySize..], count++)
        {
            var next = read(rest[..entrySize], index + count);
            if (next != (first is { } at ? at + count * blockSize : null)) break;
        }
        var size = Math.Min(count * blockSize, length - start);
        return first is { } source ? new BlockRun(BlockKind.Stored, start, size, source) : new BlockRun(BlockKind.Zero, start, size);
    }
}
