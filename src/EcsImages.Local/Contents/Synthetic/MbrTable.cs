using System.Buffers.Binary;

namespace EcsImages.Local.Contents.Synthetic;

/// <summary>The master boot record: a partition table at byte 446 of sector 0, without boot code.</summary>
internal static class MbrTable
{
    public const byte Linux = 0x83;
    public const byte Fat32Lba = 0x0C;
    private const byte Protective = 0xEE;

    /// <summary>One active partition.</summary>
    public static DiskPiece Single(uint signature, byte type, uint firstSector, uint sectors)
    {
        var mbr = Sector(signature);
        Entry(mbr, 0x80, type, Chs(firstSector), Chs((long)firstSector + sectors - 1), firstSector, sectors);
        return new DiskPiece(0, mbr);
    }

    /// <summary>The protective MBR of a GPT disk (UEFI 2.10, 5.2.3).</summary>
    public static DiskPiece ProtectiveOf(long sectors)
    {
        var mbr = Sector(0);
        Entry(mbr, 0, Protective, [0x00, 0x02, 0x00], Chs(sectors - 1), 1, (uint)Math.Min(sectors - 1, uint.MaxValue));
        return new DiskPiece(0, mbr);
    }

    private static byte[] Sector(uint signature)
    {
        var mbr = new byte[512];
        BinaryPrimitives.WriteUInt32LittleEndian(mbr.AsSpan(440), signature);
        BinaryPrimitives.WriteUInt16LittleEndian(mbr.AsSpan(510), 0xAA55);
        return mbr;
    }

    private static void Entry(
        Span<byte> mbr, byte status, byte type, ReadOnlySpan<byte> first, ReadOnlySpan<byte> last, uint firstSector, uint sectors)
    {
        var entry = mbr.Slice(446, 16);
        entry[0] = status;
        first.CopyTo(entry[1..]);
        entry[4] = type;
        last.CopyTo(entry[5..]);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], firstSector);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], sectors);
    }

    // 255 heads, 63 sectors a track; what lies beyond cylinder 1023 has the highest address there is.
    private static byte[] Chs(long sector)
    {
        var (cylinder, rest) = Math.DivRem(sector, 255 * 63);
        if (cylinder > 1023) return [0xFE, 0xFF, 0xFF];
        return [(byte)(rest / 63), (byte)(rest % 63 + 1 | cylinder >> 2 & 0xC0), (byte)cylinder];
    }
}
