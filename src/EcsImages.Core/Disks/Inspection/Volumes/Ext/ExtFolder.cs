using System.Buffers.Binary;
using System.Text;

namespace EcsImages.Core.Disks.Inspection.Volumes.Ext;

/// <summary>The entries of a folder. A hashed one is read like others: its tables look like entries that are not in use.</summary>
internal static class ExtFolder
{
    private const int HeadSize = 8, LargestBlock = 65536;

    /// <param name="bytes">A block, or the content of a folder that stands in its inode.</param>
    /// <param name="hasFileTypes">Whether the length of a name has one byte only.</param>
    /// <param name="entries">Gets them.</param>
    public static void Parse(ReadOnlySpan<byte> bytes, bool hasFileTypes, List<FolderEntry> entries)
    {
        while (bytes.Length >= HeadSize && entries.Count < VolumeLimits.MostEntries)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
            if (length is 0 or LargestBlock - 1) length = LargestBlock;
            var nameLength = hasFileTypes ? bytes[6] : BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
            if (length < HeadSize || length % 4 != 0 || length > bytes.Length || nameLength > length - HeadSize)
                throw new DamagedVolumeException($"an entry of a folder would have {length} bytes, and a name of {nameLength}");
            var inode = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var name = bytes.Slice(HeadSize, nameLength);
            if (inode != 0 && nameLength > 0 && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) entries.Add(new FolderEntry(Encoding.UTF8.GetString(name), inode));
            bytes = bytes[length..];
        }
    }
}
