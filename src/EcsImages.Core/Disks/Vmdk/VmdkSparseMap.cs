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

    private VmdkSparseMap(IByteSource source, VmdkSparseHeader header, PagedTable directory, bool isPiece)
    {
        (_source, _header, _directory) = (source, header, directory);
        Traits = new DiskTraits { WasNotClosed = header.WasNotClosed, IsPiece = isPiece };
        Remarks = [.. Noted(header, isPiece)];
    }

    public DiskFormat Format => DiskFormat.Vmdk;

    public long Length => _header.Length;

    public IReadOnlyList<string> Remarks { get; }

    public DiskTraits Traits { get; }

    /// <param name="source">The file.</param>
    /// <param name="isPiece">Whether it belongs to a descriptor that is not at hand.</param>
    /// <param name="stop">Ends the work.</param>
    public static async ValueTask<VmdkSparseMap> OpenAsync(IByteSource source, bool isPiece, CancellationToken stop)
    {
        var header = await VmdkSparseHeader.ReadAsync(source, stop).ConfigureAwait(false);
        var tables = (header.Length + header.PerTable - 1) / header.PerTable;
        if (tables > 0 && (header.DirectoryOffset <= 0 || header.DirectoryOffset > source.Length - tables * 4))
            throw new DiskFormatException(source.Name, $"a directory of {tables} tables would lie at byte {header.DirectoryOffset}, beyond the end", 56);
        var directory = new PagedTable(source, header.DirectoryOffset, tables * 4, "the directory of tables");
        await CheckRoomAsync(source, header, directory, tables, stop).ConfigureAwait(false);
        return new VmdkSparseMap(source, header, directory, isPiece);
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

    // A table that stood for several places would have a small file describe a disk that takes hours to look through.
    private static async ValueTask CheckRoomAsync(IByteSource source, VmdkSparseHeader header, PagedTable directory, long tables, CancellationToken stop)
    {
        var (used, room) = (0L, source.Length / (header.EntriesPerTable * 4));
        for (long number = 0; number < tables;)
        {
            var page = await directory.FromAsync(number * 4, stop).ConfigureAwait(false);
            used += Used(page.Span);
            number += page.Length / 4;
        }
        if (used > room) throw new DiskFormatException(source.Name, $"the directory names {used} tables of grains, and the file has room for {room}", header.DirectoryOffset);

        static long Used(ReadOnlySpan<byte> page)
        {
            long count = 0;
            for (; page.Length >= 4; page = page[4..])
                if (BinaryPrimitives.ReadUInt32LittleEndian(page) != 0) count++;
            return count;
        }
    }

    private static IEnumerable<string> Noted(VmdkSparseHeader header, bool isPiece)
    {
        if (isPiece) yield return "It has no descriptor of its own: most likely it is a piece of a disk, and another .vmdk beside it is the file to name.";
        if (header.WasNotClosed) yield return "It was not closed cleanly: check it with vmware-vdiskmanager -R.";
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
