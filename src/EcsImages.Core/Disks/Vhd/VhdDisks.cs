using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vhd;

/// <summary>Opens VHD files: fixed and dynamic ones.</summary>
internal static class VhdDisks
{
    public static async ValueTask<IDisk> OpenAsync(IByteSource source, CancellationToken stop)
    {
        var footer = await VhdFooter.ReadAsync(source, stop).ConfigureAwait(false);
        return footer.Type switch
        {
            VhdType.Fixed => new MappedDisk(source, new FixedVhdMap(source, footer)),
            VhdType.Dynamic => new MappedDisk(source, await DynamicVhdMap.OpenAsync(source, footer, stop).ConfigureAwait(false)),
            _ => throw new DiskFormatException(source.Name, "it holds only what differs from a parent disk. Merge both first, with qemu-img convert or Merge-VHD"),
        };
    }
}

/// <summary>The disk's bytes, and a footer.</summary>
internal sealed class FixedVhdMap : IBlockMap
{
    public FixedVhdMap(IByteSource source, VhdFooter footer)
    {
        if (footer.Length > source.Length - VhdFooter.Size)
            throw new DiskFormatException(source.Name, $"the disk has {footer.Length} bytes, but only {source.Length - VhdFooter.Size} stand before the footer", source.Length);
        Length = footer.Length;
    }

    public DiskFormat Format => DiskFormat.Vhd;

    public long Length { get; }

    public IReadOnlyList<string> Remarks => [];

    public ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop) => new(new BlockRun(BlockKind.Stored, 0, Length));

    public void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block) => throw new InvalidOperationException("Nothing is packed in a VHD.");
}

/// <summary>Blocks, each behind a bitmap of its sectors, and a table that says where they lie.</summary>
internal sealed class DynamicVhdMap : IBlockMap
{
    private const uint Unused = 0xFFFF_FFFF;
    private const int HeaderSize = 1024;
    private readonly BlockTable _table;

    private DynamicVhdMap(BlockTable table, long length, long covered) => (_table, Length, Traits) = (table, length, new DiskTraits { CoveredBytes = covered });

    public DiskFormat Format => DiskFormat.Vhd;

    public long Length { get; }

    public IReadOnlyList<string> Remarks => [];

    public DiskTraits Traits { get; }

    public static async ValueTask<DynamicVhdMap> OpenAsync(IByteSource source, VhdFooter footer, CancellationToken stop)
    {
        var header = await source.ReadTableAsync(footer.HeaderOffset, HeaderSize, HeaderSize, "the header of the dynamic disk", stop).ConfigureAwait(false);
        if (!header.AsSpan().StartsWith("cxsparse"u8) || BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(36)) != VhdFooter.Checksum(header, 36))
            throw new DiskFormatException(source.Name, "the header of a dynamic VHD with a right checksum should be there", footer.HeaderOffset);
        var blockSize = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(32));
        if (blockSize is < 512 or > 1 << 30 || !System.Numerics.BitOperations.IsPow2(blockSize))
            throw new DiskFormatException(source.Name, $"its blocks would have {blockSize} bytes", footer.HeaderOffset + 32);
        var entries = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28));
        if (entries < (footer.Length + blockSize - 1) / blockSize)
            throw new DiskFormatException(source.Name, $"the disk has {footer.Length} bytes, but its table covers {entries} times {blockSize}", footer.HeaderOffset + 28);
        var tableOffset = BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(16));
        if (tableOffset < 0 || tableOffset > source.Length - entries * 4L)
            throw new DiskFormatException(source.Name, $"a table of {entries} blocks would lie at byte {tableOffset}, beyond the end", footer.HeaderOffset + 16);
        // The bitmap in front of a block says which sectors were written; the others are zeros anyway.
        var bitmap = (blockSize / 512 / 8 + 511) / 512 * 512;
        var table = new PagedTable(source, tableOffset, entries * 4L, "the table of blocks");
        return new(new BlockTable(table, 4, blockSize, footer.Length, Entry), footer.Length, entries * (long)blockSize);

        long? Entry(ReadOnlySpan<byte> entry, long index)
        {
            var sector = BinaryPrimitives.ReadUInt32BigEndian(entry);
            if (sector == Unused) return null;
            var at = sector * 512L + bitmap;
            return at < source.Length ? at
                : throw new DiskFormatException(source.Name, $"block {index} would lie at byte {at}, beyond the end", tableOffset + index * 4);
        }
    }

    public ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop) => _table.RunAtAsync(offset, stop);

    public void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block) => throw new InvalidOperationException("Nothing is packed in a VHD.");
}
