using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Tables;

/// <summary>An entry of an MBR.</summary>
/// <param name="Status">80 for the active one, else 0.</param>
/// <param name="Type">What it is for.</param>
/// <param name="FirstSector">From the start of the disk; in an extended partition from where its chain says.</param>
/// <param name="Sectors">How many.</param>
internal readonly record struct MbrEntry(byte Status, byte Type, uint FirstSector, uint Sectors)
{
    public bool IsActive => Status == 0x80;

    /// <summary>Whether it can be an entry at all, and not code that happens to lie there.</summary>
    public bool IsSane => Status is 0 or 0x80 && FirstSector > 0 && Sectors > 0;

    /// <summary>Null where the entry is not in use.</summary>
    public static MbrEntry? Read(ReadOnlySpan<byte> entry) => entry[4] == 0 && BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]) == 0 ? null
        : new MbrEntry(entry[0], entry[4], BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]));
}
