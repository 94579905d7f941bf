using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vhdx;

/// <summary>The table of blocks of a VHDX file.</summary>
internal sealed class VhdxMap : IBlockMap
{
    private const int Fully = 6, Partially = 7, EntrySize = 8;
    private readonly IByteSource _source;
    private readonly VhdxHeader _header;
    private readonly VhdxMetadata _metadata;
    private readonly PagedTable _table;

    private VhdxMap(IByteSource source, VhdxHeader header, VhdxMetadata metadata)
    {
        (_source, _header, _metadata) = (source, header, metadata);
        _table = new PagedTable(source, header.TableOffset, header.TableLength, "the table of blocks");
    }

    public DiskFormat Format => DiskFormat.Vhdx;

    public long Length => _metadata.Length;

    public int SectorSize => _metadata.SectorSize;

    public IReadOnlyList<string> Remarks => [];

    public static async ValueTask<VhdxMap> OpenAsync(IByteSource source, CancellationToken stop)
    {
        var header = await VhdxHeader.ReadAsync(source, stop).ConfigureAwait(false);
        var metadata = await VhdxMetadata.ReadAsync(source, header.Metadata, stop).ConfigureAwait(false);
        var map = new VhdxMap(source, header, metadata);
        var blocks = (metadata.Length + metadata.BlockSize - 1) / metadata.BlockSize;
        if (blocks > 0 && (map.IndexOf(blocks - 1) + 1) * EntrySize > header.TableLength)
            throw new DiskFormatException(source.Name, $"the disk has {metadata.Length} bytes, but its table of blocks ends before", header.TableOffset);
        return map;
    }

    public async ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop)
    {
        var block = offset / _metadata.BlockSize;
        var index = IndexOf(block);
        var page = await _table.FromAsync(index * EntrySize, stop).ConfigureAwait(false);
        return Merge(page.Span, block, index);
    }

    public void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block) => throw new InvalidOperationException("Nothing is packed in a VHDX.");

    // After each chunk of blocks the table has an entry for a bitmap of their sectors, which only differencing disks use.
    private long IndexOf(long block) => block + block / _metadata.ChunkRatio;

    private BlockRun Merge(ReadOnlySpan<byte> entries, long block, long index)
    {
        var first = Read(entries, index);
        var start = block * _metadata.BlockSize;
        var inChunk = _metadata.ChunkRatio - block % _metadata.ChunkRatio;
        long count = 1;
        for (var rest = entries[EntrySize..]; count < inChunk && rest.Length >= EntrySize && start + count * _metadata.BlockSize < Length; rest = rest[EntrySize..], count++)
            if (Read(rest, index + count) != (first is { } at ? at + count * _metadata.BlockSize : null)) break;
        var size = Math.Min(count * _metadata.BlockSize, Length - start);
        return first is { } source ? new BlockRun(BlockKind.Stored, start, size, source) : new BlockRun(BlockKind.Zero, start, size);
    }

    private long? Read(ReadOnlySpan<byte> entry, long index)
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(entry);
        var where = _header.TableOffset + index * EntrySize;
        switch ((int)(value & 7))
        {
            case 0 or 1 or 2 or 3:
                return null;
            case Fully:
                var at = (long)(value >> 20 << 20);
                return at >= 0 && at < _source.Length ? at : throw new DiskFormatException(_source.Name, $"a block would lie at byte {at}, beyond the end", where);
            case Partially:
                throw new DiskFormatException(_source.Name, "a block is said to be partly in a parent disk, and there is none", where);
            case var state:
                throw new DiskFormatException(_source.Name, $"a block would be in the state {state}, which there is not", where);
        }
    }
}
