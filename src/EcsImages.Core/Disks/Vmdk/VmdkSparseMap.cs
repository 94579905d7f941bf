using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vmdk;

/// <summary>The directory and the tables of grains of a sparse VMDK extent, compressed or not.</summary>
internal sealed class VmdkSparseMap : IBlockMap
{
    private const int MarkerSize = 12, Sector = 512;
    private readonly IByteSource _source;
    private readonly VmdkSparseHeader _header;
    private readonly PagedTable _directory;
    private readonly TableCache _tables = new(4 * 1024 * 1024);

    private VmdkSparseMap(IByteSource source, VmdkSparseHeader header, long tables)
    {
        (_source, _header) = (source, header);
        _directory = new PagedTable(source, header.DirectoryOffset, tables * 4, "the directory of tables");
        Traits = new DiskTraits { WasNotClosed = header.WasNotClosed };
        Remarks = header.WasNotClosed ? ["It was not closed cleanly: check it with vmware-vdiskmanager -R."] : [];
    }

    public DiskFormat Format => DiskFormat.Vmdk;

    public long Length => _header.Length;

    public IReadOnlyList<string> Remarks { get; }

    public DiskTraits Traits { get; }

    public static async ValueTask<VmdkSparseMap> OpenAsync(IByteSource source, CancellationToken stop)
    {
        var header = await VmdkSparseHeader.ReadAsync(source, stop).ConfigureAwait(false);
        var tables = (header.Length + header.PerTable - 1) / header.PerTable;
        if (tables > 0 && (header.DirectoryOffset <= 0 || header.DirectoryOffset > source.Length - tables * 4))
            throw new DiskFormatException(source.Name, $"a directory of {tables} tables would lie at byte {header.DirectoryOffset}, beyond the end", 56);
        return new VmdkSparseMap(source, header, tables);
    }

    public async ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop)
    {
        var number = offset / _header.PerTable;
        var start = number * _header.PerTable;
        var end = Math.Min(Length, start + _header.PerTable);
        var page = await _directory.FromAsync(number * 4, stop).ConfigureAwait(false);
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(page.Span);
        if (sector == 0) return new BlockRun(BlockKind.Zero, start, end - start);
        var table = await _tables.GetAsync(_source, sector * (long)Sector, _header.EntriesPerTable * 4, "a table of grains", stop).ConfigureAwait(false);
        var index = (int)((offset - start) / _header.GrainSize);
        return _header.IsPacked ? Packed(table, index, start, end) : Merge(table, index, start, end);
    }

    // Each grain begins with a marker: its sector on the disk, and how many bytes follow.
    public void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block)
    {
        var size = packed.Count < MarkerSize ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(8));
        if (size == 0 || size > MostPacked || BinaryPrimitives.ReadUInt64LittleEndian(packed) != (ulong)(run.Start / Sector))
            throw new DiskFormatException(_source.Name, $"the grain of the disk's bytes from {run.Start} should begin there", run.Source);
        Deflated.UnpackZlib(packed.Slice(MarkerSize, (int)Math.Min(size, packed.Count - MarkerSize)), block);
    }

    private long MostPacked => 2 * _header.GrainSize + 1024;

    private BlockRun Packed(byte[] table, int index, long tableStart, long tableEnd)
    {
        var start = tableStart + index * _header.GrainSize;
        var count = 1;
        if (Entry(table, index) is { } at)
        {
            // It ends where the next one begins, if not before.
            var room = index + 1 < _header.EntriesPerTable && Entry(table, index + 1) is { } next && next > at ? next - at : long.MaxValue;
            return new BlockRun(BlockKind.Packed, start, Math.Min(_header.GrainSize, tableEnd - start), at, (int)Math.Min(room, MarkerSize + MostPacked));
        }
        while (start + count * _header.GrainSize < tableEnd && Entry(table, index + count) is null) count++;
        return new BlockRun(BlockKind.Zero, start, Math.Min(count * _header.GrainSize, tableEnd - start));
    }

    private BlockRun Merge(byte[] table, int index, long tableStart, long tableEnd)
    {
        var first = Entry(table, index);
        var start = tableStart + index * _header.GrainSize;
        var count = 1;
        while (start + count * _header.GrainSize < tableEnd && Entry(table, index + count) == (first is { } at ? at + count * _header.GrainSize : null)) count++;
        var size = Math.Min(count * _header.GrainSize, tableEnd - start);
        return first is { } source ? new BlockRun(BlockKind.Stored, start, size, source) : new BlockRun(BlockKind.Zero, start, size);
    }

    private long? Entry(byte[] table, int index)
    {
        var sector = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(index * 4));
        if (sector == 0 || (sector == 1 && _header.HasZeroGrains)) return null;
        var at = sector * (long)Sector;
        return at < _source.Length ? at : throw new DiskFormatException(_source.Name, $"a grain would lie at byte {at}; the file has {_source.Length}");
    }
}
