using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vdi;

/// <summary>The block table of a VirtualBox disk image. Source: block/vdi.c of QEMU, and VirtualBox's VDICore.h.</summary>
internal sealed class VdiMap : IBlockMap
{
    private const uint Magic = 0xBEDA107F, Unused = 0xFFFF_FFFF, Zero = 0xFFFF_FFFE;
    private const int MagicAt = 64, HeaderSize = 512;
    private readonly BlockTable _table;

    private VdiMap(BlockTable table, long length) => (_table, Length) = (table, length);

    public DiskFormat Format => DiskFormat.Vdi;

    public long Length { get; }

    public IReadOnlyList<string> Remarks => [];

    public static bool IsIn(ReadOnlySpan<byte> head) => head.Length >= MagicAt + 4 && BinaryPrimitives.ReadUInt32LittleEndian(head[MagicAt..]) == Magic;

    public static async ValueTask<VdiMap> OpenAsync(IByteSource source, CancellationToken stop)
    {
        var header = await source.ReadTableAsync(0, HeaderSize, HeaderSize, "the header of a VDI", stop).ConfigureAwait(false);
        var (name, version) = (source.Name, Number(68));
        if (version != 0x0001_0001) throw new DiskFormatException(name, $"it is a VDI of version {version >> 16}.{version & 0xFFFF}; version 1.1 can be read");
        var type = Number(76);
        if (type is not (1 or 2)) throw new DiskFormatException(name, "it holds only what differs from a parent disk. Merge both first, with VBoxManage clonemedium");
        var (tableOffset, dataOffset, blockSize, extra, blocks) = ((long)Number(340), (long)Number(344), Number(376), Number(380), Number(384));
        var length = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(368));
        if (length is < 0 or > 1L << 60) throw new DiskFormatException(name, $"the disk would have {length} bytes", 368);
        if (blockSize is < 512 or > 1 << 30 || !System.Numerics.BitOperations.IsPow2(blockSize) || extra != 0)
            throw new DiskFormatException(name, $"its blocks would have {blockSize} bytes, and {extra} more each", 376);
        // Sizes that are no multiple of a sector were written by old tools.
        length = (length + 511) / 512 * 512;
        if (blocks < (length + blockSize - 1) / blockSize)
            throw new DiskFormatException(name, $"the disk has {length} bytes, but its table covers {blocks} times {blockSize}", 384);
        if (tableOffset > source.Length - blocks * 4L) throw new DiskFormatException(name, $"a table of {blocks} blocks would lie at byte {tableOffset}, beyond the end", 340);
        var table = new PagedTable(source, tableOffset, blocks * 4L, "the table of blocks");
        return new(new BlockTable(table, 4, blockSize, length, Entry), length);

        uint Number(int at) => BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(at));

        long? Entry(ReadOnlySpan<byte> entry, long index)
        {
            var block = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            if (block is Unused or Zero) return null;
            var at = dataOffset + block * (long)blockSize;
            return at < source.Length ? at : throw new DiskFormatException(name, $"block {index} would lie at byte {at}, beyond the end", tableOffset + index * 4);
        }
    }

    public ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop) => _table.RunAtAsync(offset, stop);

    public void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block) => throw new InvalidOperationException("Nothing is packed in a VDI.");
}
