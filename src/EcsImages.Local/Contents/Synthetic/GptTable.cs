using System.Buffers.Binary;
using System.Text;
using EcsImages.Core.Disks;

namespace EcsImages.Local.Contents.Synthetic;

/// <summary>A GUID partition table with its backup (UEFI 2.10, 5.3), and the protective MBR before it.</summary>
internal static class GptTable
{
    private const int Sector = 512;
    private const int Entries = 128;
    private const int EntrySize = 128;
    private const int EntrySectors = Entries * EntrySize / Sector;

    public static IEnumerable<DiskPiece> Write(Guid disk, long sectors, IReadOnlyList<GptPartition> partitions)
    {
        var entries = new byte[Entries * EntrySize];
        for (var i = 0; i < partitions.Count; i++) WriteEntry(entries.AsSpan(i * EntrySize, EntrySize), partitions[i]);
        var crc = Crc32.Of(entries);
        var last = sectors - 1;
        yield return MbrTable.ProtectiveOf(sectors);
        yield return new DiskPiece(Sector, Header(disk, crc, mine: 1, other: last, entries: 2));
        yield return new DiskPiece(2 * Sector, entries);
        yield return new DiskPiece((last - EntrySectors) * Sector, entries);
        yield return new DiskPiece(last * Sector, Header(disk, crc, mine: last, other: 1, entries: last - EntrySectors));
    }

    private static byte[] Header(Guid disk, uint entriesCrc, long mine, long other, long entries)
    {
        var header = new byte[Sector];
        var span = header.AsSpan();
        "EFI PART"u8.CopyTo(span);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], 0x00010000);
        BinaryPrimitives.WriteUInt32LittleEndian(span[12..], 92);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], mine);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], other);
        BinaryPrimitives.WriteInt64LittleEndian(span[40..], 2 + EntrySectors);
        BinaryPrimitives.WriteInt64LittleEndian(span[48..], Math.Max(mine, other) - EntrySectors - 1);
        disk.TryWriteBytes(span[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(span[72..], entries);
        BinaryPrimitives.WriteUInt32LittleEndian(span[80..], Entries);
        BinaryPrimitives.WriteUInt32LittleEndian(span[84..], EntrySize);
        BinaryPrimitives.WriteUInt32LittleEndian(span[88..], entriesCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(span[16..], Crc32.Of(span[..92]));
        return header;
    }

    private static void WriteEntry(Span<byte> entry, GptPartition partition)
    {
        partition.Type.TryWriteBytes(entry);
        partition.Id.TryWriteBytes(entry[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], partition.FirstSector);
        BinaryPrimitives.WriteInt64LittleEndian(entry[40..], partition.LastSector);
        Encoding.Unicode.GetBytes(partition.Name, entry[56..]);
    }
}
