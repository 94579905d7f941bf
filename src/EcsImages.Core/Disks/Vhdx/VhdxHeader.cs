using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vhdx;

/// <summary>What the head of a VHDX file says: which of its two headers and region tables hold, and where things lie. Source: MS-VHDX.</summary>
/// <param name="TableOffset">Where the table of blocks lies.</param>
/// <param name="TableLength">Its length, in bytes.</param>
/// <param name="Metadata">Where the metadata lie.</param>
internal sealed record VhdxHeader(long TableOffset, long TableLength, long Metadata)
{
    private const int KiB64 = 64 * 1024, HeaderSize = 4096;
    public static readonly Guid TableRegion = new("2DC27766-F623-4200-9D64-115E9BFD4A08");
    public static readonly Guid MetadataRegion = new("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    public static bool IsIn(ReadOnlySpan<byte> head) => head.StartsWith("vhdxfile"u8);

    public static async ValueTask<VhdxHeader> ReadAsync(IByteSource source, CancellationToken stop)
    {
        await CheckHeaderAsync(source, stop).ConfigureAwait(false);
        foreach (var at in (long[])[3 * KiB64, 4 * KiB64])
        {
            var table = await source.ReadTableAsync(at, KiB64, KiB64, "a table of regions", stop).ConfigureAwait(false);
            if (table.AsSpan().StartsWith("regi"u8) && Crc32C.IsRight(table)) return Regions(table, source, at);
        }
        throw new DiskFormatException(source.Name, "neither table of regions has a right checksum", 3 * KiB64);
    }

    private static async ValueTask CheckHeaderAsync(IByteSource source, CancellationToken stop)
    {
        byte[]? current = null;
        foreach (var at in (long[])[KiB64, 2 * KiB64])
        {
            var header = await source.ReadTableAsync(at, HeaderSize, HeaderSize, "a header of a VHDX", stop).ConfigureAwait(false);
            if (header.AsSpan().StartsWith("head"u8) && Crc32C.IsRight(header) && (current is null || Sequence(header) > Sequence(current))) current = header;
        }
        if (current is null) throw new DiskFormatException(source.Name, "neither header has a right checksum", KiB64);
        if (BinaryPrimitives.ReadUInt16LittleEndian(current.AsSpan(66)) is not 1 and var version)
            throw new DiskFormatException(source.Name, $"it is a VHDX of version {version}; version 1 can be read");
        if (new Guid(current.AsSpan(48, 16)) != Guid.Empty)
            throw new DiskFormatException(source.Name,
                "it was not closed cleanly, and its log holds changes that are not carried out yet. Attach it once (Mount-VHD), or run qemu-img check -r all on it");

        static ulong Sequence(byte[] header) => BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(8));
    }

    private static VhdxHeader Regions(byte[] table, IByteSource source, long at)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(8));
        if (count > 2047) throw new DiskFormatException(source.Name, $"there would be {count} regions", at + 8);
        (long Offset, long Length)? blocks = null, metadata = null;
        for (var i = 0; i < count; i++)
        {
            var entry = table.AsSpan(16 + i * 32, 32);
            var id = new Guid(entry[..16]);
            var region = (BinaryPrimitives.ReadInt64LittleEndian(entry[16..]), (long)BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]));
            if (region.Item1 < 0 || region.Item1 > source.Length - region.Item2)
                throw new DiskFormatException(source.Name, $"a region of {region.Item2} bytes would lie at byte {region.Item1}, beyond the end", at + 16 + i * 32);
            if (id == TableRegion) blocks = region;
            else if (id == MetadataRegion) metadata = region;
            else if ((BinaryPrimitives.ReadUInt32LittleEndian(entry[28..]) & 1) != 0)
                throw new DiskFormatException(source.Name, $"it needs a region that is not known here ({id})");
        }
        if (blocks is not { } table1 || metadata is not { } items) throw new DiskFormatException(source.Name, "there is no region of blocks, or none of metadata", at);
        return new VhdxHeader(table1.Offset, table1.Length, items.Offset);
    }
}
