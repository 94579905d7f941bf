using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Qcow2;

/// <summary>The tables of a QCOW2 file: of its current state, not of its internal snapshots.</summary>
/// <remarks>Memory: the first-level table (at most 32 MiB, 8 bytes for each 512 MiB of the disk as usual), and 4 MiB of second-level tables.</remarks>
internal sealed class Qcow2Map : IBlockMap
{
    private const ulong OffsetMask = 0x00FF_FFFF_FFFF_FE00;
    private const ulong PackedBit = 1UL << 62, ZeroBit = 1;
    private const int Subclusters = 32;

    private readonly IByteSource _source;
    private readonly Qcow2Header _header;
    private readonly byte[] _l1;
    private readonly IUnpacker? _zstd;
    private readonly TableCache _l2;
    private readonly int _l2Bits;

    private Qcow2Map(IByteSource source, Qcow2Header header, byte[] l1, IUnpacker? zstd)
    {
        (_source, _header, _l1, _zstd) = (source, header, l1, zstd);
        _l2 = new TableCache(Math.Max(4 * 1024 * 1024, 2 * header.ClusterSize));
        _l2Bits = header.ClusterBits - (header.HasSubclusters ? 4 : 3);
        Remarks = [.. Noted(header)];
    }

    public DiskFormat Format => DiskFormat.Qcow2;

    public long Length => _header.Length;

    public IReadOnlyList<string> Remarks { get; }

    public DiskTraits Traits => new() { IsMarkedCorrupt = _header.IsCorrupt, WasNotClosed = _header.IsDirty, Snapshots = _header.Snapshots };

    /// <param name="source">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="zstd">Unpacks clusters of that kind; null where it is not at hand.</param>
    /// <param name="stop">Ends the work.</param>
    public static async ValueTask<Qcow2Map> OpenAsync(IByteSource source, Qcow2Header header, IUnpacker? zstd, CancellationToken stop)
    {
        if (header.Compression is Qcow2Compression.Zstd && zstd is null)
            throw new DiskFormatException(source.Name, "its clusters are compressed with Zstandard, which cannot be unpacked here");
        var l1 = await source.ReadTableAsync(header.L1Offset, header.L1Entries * 8L, int.MaxValue, "the first-level table", stop).ConfigureAwait(false);
        CheckRoom(source, header, l1);
        return new Qcow2Map(source, header, l1, zstd);
    }

    public async ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop)
    {
        var cluster = offset >> _header.ClusterBits;
        var l1Index = (int)(cluster >> _l2Bits);
        var tableStart = (long)l1Index << (_l2Bits + _header.ClusterBits);
        var tableEnd = Math.Min(Length, tableStart + (1L << (_l2Bits + _header.ClusterBits)));
        var tableOffset = (long)(BinaryPrimitives.ReadUInt64BigEndian(_l1.AsSpan(l1Index * 8)) & OffsetMask);
        if (tableOffset == 0) return new BlockRun(BlockKind.Absent, tableStart, tableEnd - tableStart);
        if (tableOffset % _header.ClusterSize != 0)
            throw new DiskFormatException(_source.Name, $"a second-level table would lie at byte {tableOffset}, within a cluster", _header.L1Offset + l1Index * 8L);
        var table = await _l2.GetAsync(_source, tableOffset, _header.ClusterSize, "a second-level table", stop).ConfigureAwait(false);
        var index = (int)(cluster & ((1 << _l2Bits) - 1));
        return _header.HasSubclusters ? Merge(table, tableStart, tableEnd, offset, index) : Merge(table, tableStart, tableEnd, index);
    }

    public void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block)
    {
        if (_header.Compression is Qcow2Compression.Zstd) _zstd!.Unpack(packed, block);
        else Deflated.Unpack(packed, block);
    }

    // A table that stood for several places would have a small file describe a disk that takes hours to look through.
    private static void CheckRoom(IByteSource source, Qcow2Header header, byte[] l1)
    {
        var (tables, room) = (0, source.Length / header.ClusterSize);
        for (var at = 0; at < l1.Length; at += 8)
            if ((BinaryPrimitives.ReadUInt64BigEndian(l1.AsSpan(at)) & OffsetMask) != 0) tables++;
        if (tables > room)
            throw new DiskFormatException(source.Name, $"the first-level table names {tables} second-level tables, and the file has room for {room}", header.L1Offset);
    }

    // Neighbours that lie in one piece are one run, within their table.
    private BlockRun Merge(byte[] table, long tableStart, long tableEnd, int index)
    {
        var first = Entry(table, index);
        var start = tableStart + ((long)index << _header.ClusterBits);
        if (first.Kind is BlockKind.Packed)
            return new BlockRun(BlockKind.Packed, start, Math.Min(_header.ClusterSize, tableEnd - start), first.Source, first.SourceLength);
        var count = 1L;
        while (start + (count << _header.ClusterBits) < tableEnd)
        {
            var next = Entry(table, index + (int)count);
            if (next.Kind != first.Kind || (next.Kind is BlockKind.Stored && next.Source != first.Source + (count << _header.ClusterBits))) break;
            count++;
        }
        return new BlockRun(first.Kind, start, Math.Min(count << _header.ClusterBits, tableEnd - start), first.Source);
    }

    private (BlockKind Kind, long Source, int SourceLength) Entry(byte[] table, int index)
    {
        var entry = BinaryPrimitives.ReadUInt64BigEndian(table.AsSpan(index * 8));
        if ((entry & PackedBit) != 0) return Packed(entry);
        var source = (long)(entry & OffsetMask);
        if (_header.Version >= 3 && (entry & ZeroBit) != 0) return (BlockKind.Zero, 0, 0);
        if (source == 0) return (BlockKind.Absent, 0, 0);
        CheckHost(source);
        return (BlockKind.Stored, source, 0);
    }

    private (BlockKind Kind, long Source, int SourceLength) Packed(ulong entry)
    {
        var offsetBits = 62 - (_header.ClusterBits - 8);
        var source = (long)(entry & ((1UL << offsetBits) - 1));
        var sectors = (int)((entry & (PackedBit - 1)) >> offsetBits);
        return (BlockKind.Packed, source, (sectors + 1) * 512 - (int)(source & 511));
    }

    // A cluster of 32 parts: the lower half of the bitmap says which are stored, the upper half which are zeros.
    private BlockRun Merge(byte[] table, long tableStart, long tableEnd, long offset, int index)
    {
        var entry = BinaryPrimitives.ReadUInt64BigEndian(table.AsSpan(index * 16));
        var start = tableStart + ((long)index << _header.ClusterBits);
        if ((entry & PackedBit) != 0)
        {
            var (_, packedSource, packedLength) = Packed(entry);
            return new BlockRun(BlockKind.Packed, start, Math.Min(_header.ClusterSize, tableEnd - start), packedSource, packedLength);
        }
        var states = BinaryPrimitives.ReadUInt64BigEndian(table.AsSpan(index * 16 + 8));
        var (stored, zeros) = ((uint)states, (uint)(states >> 32));
        var source = (long)(entry & OffsetMask);
        if (source == 0 && stored != 0) throw new DiskFormatException(_source.Name, $"parts of the cluster at byte {start} of the disk are said to be stored nowhere");
        if (source != 0) CheckHost(source);
        var size = _header.ClusterSize / Subclusters;
        var part = (int)((offset - start) / size);
        var kind = KindOf(part);
        var (from, to) = (part, part + 1);
        while (from > 0 && KindOf(from - 1) == kind) from--;
        while (to < Subclusters && KindOf(to) == kind) to++;
        var (begin, end) = (start + (long)from * size, start + (long)to * size);
        // Neighbours that are wholly of the kind go on with it.
        if (to == Subclusters)
            for (var next = index + 1; end < tableEnd && IsWhole(table, next, kind, source + end - start); next++) end += _header.ClusterSize;
        return new BlockRun(kind, begin, Math.Min(end, tableEnd) - begin, source + (long)from * size);

        BlockKind KindOf(int n) => (stored >> n & 1) != 0 ? BlockKind.Stored : (zeros >> n & 1) != 0 ? BlockKind.Zero : BlockKind.Absent;
    }

    private bool IsWhole(byte[] table, int index, BlockKind kind, long source)
    {
        var entry = BinaryPrimitives.ReadUInt64BigEndian(table.AsSpan(index * 16));
        if ((entry & PackedBit) != 0) return false;
        var states = BinaryPrimitives.ReadUInt64BigEndian(table.AsSpan(index * 16 + 8));
        if (kind is not BlockKind.Stored) return states == (kind is BlockKind.Zero ? (ulong)uint.MaxValue << 32 : 0);
        return (uint)states == uint.MaxValue && (long)(entry & OffsetMask) == source && source < _source.Length;
    }

    private void CheckHost(long source)
    {
        if (source % _header.ClusterSize != 0 || source >= _source.Length)
            throw new DiskFormatException(_source.Name, $"a cluster would lie at byte {source}; the file has {_source.Length}, and clusters of {_header.ClusterSize}");
    }

    private static IEnumerable<string> Noted(Qcow2Header header)
    {
        if (header.IsCorrupt) yield return "It is marked as corrupt: check and repair it with qemu-img check -r all.";
        if (header.IsDirty) yield return "It was not closed cleanly; that concerns its reference counts, not what is read.";
        if (header.Snapshots > 0) yield return $"It holds {header.Snapshots} internal snapshots; only its current state is read.";
    }
}
