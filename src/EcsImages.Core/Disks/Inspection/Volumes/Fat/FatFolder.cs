using System.Buffers.Binary;
using System.Text;

namespace EcsImages.Core.Disks.Inspection.Volumes.Fat;

/// <summary>The entries of a FAT folder, with their long names.</summary>
internal static class FatFolder
{
    private const int EntrySize = 32, NameUnits = 13;
    private const byte LongName = 0x0F, LabelBit = 0x08, FolderBit = 0x10, Deleted = 0xE5, LastBit = 0x40;

    public static List<FolderEntry> Parse(ReadOnlySpan<byte> folder, bool isFat32)
    {
        var entries = new List<FolderEntry>();
        var name = new LongNameParts();
        for (; folder.Length >= EntrySize && folder[0] != 0 && entries.Count < VolumeLimits.MostEntries; folder = folder[EntrySize..])
        {
            var entry = folder[..EntrySize];
            if (entry[0] == Deleted) name.Clear();
            else if ((entry[11] & 0x3F) == LongName) name.Add(entry);
            else
            {
                var longName = name.For(entry);
                name.Clear();
                if ((entry[11] & LabelBit) == 0 && entry[0] != '.') entries.Add(Entry(entry, longName ?? ShortName(entry), isFat32));
            }
        }
        return entries;
    }

    private static FolderEntry Entry(ReadOnlySpan<byte> entry, string name, bool isFat32)
    {
        var cluster = BinaryPrimitives.ReadUInt16LittleEndian(entry[26..]) | (isFat32 ? (long)BinaryPrimitives.ReadUInt16LittleEndian(entry[20..]) << 16 : 0);
        var isFolder = (entry[11] & FolderBit) != 0;
        return new FolderEntry(name, cluster, new FileNode(cluster, isFolder ? FileKind.Folder : FileKind.File, isFolder ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(entry[28..])));
    }

    // Windows NT notes in byte 12 which half is in lower case.
    private static string ShortName(ReadOnlySpan<byte> entry)
    {
        var (name, extension) = (Encoding.Latin1.GetString(entry[..8]).TrimEnd(' '), Encoding.Latin1.GetString(entry.Slice(8, 3)).TrimEnd(' '));
        if (name.Length > 0 && name[0] == 0x05) name = (char)Deleted + name[1..];
#pragma warning disable CA1308 // The names are in lower case on the disk.
        if ((entry[12] & 0x08) != 0) name = name.ToLowerInvariant();
        if ((entry[12] & 0x10) != 0) extension = extension.ToLowerInvariant();
#pragma warning restore CA1308
        return extension.Length == 0 ? name : $"{name}.{extension}";
    }

    /// <summary>The parts of a long name, which stand before its entry, the last part first.</summary>
    private sealed class LongNameParts
    {
        private readonly char[] _units = new char[20 * NameUnits];
        private int _next, _count;
        private byte _checksum;

        public void Clear() => (_next, _count) = (0, 0);

        public void Add(ReadOnlySpan<byte> entry)
        {
            var order = entry[0] & 0x1F;
            if ((entry[0] & LastBit) != 0) (_next, _count, _checksum) = (order, order, entry[13]);
            if (order is 0 or > 20 || order != _next || entry[13] != _checksum)
            {
                Clear();
                return;
            }
            var at = (order - 1) * NameUnits;
            foreach (var (from, units) in ((int, int)[])[(1, 5), (14, 6), (28, 2)])
                for (var i = 0; i < units; i++) _units[at++] = (char)BinaryPrimitives.ReadUInt16LittleEndian(entry[(from + 2 * i)..]);
            _next--;
        }

        /// <summary>Null where none is whole, or it belongs to another short name.</summary>
        public string? For(ReadOnlySpan<byte> entry)
        {
            if (_count == 0 || _next != 0 || Checksum(entry[..11]) != _checksum) return null;
            var units = _units.AsSpan(0, _count * NameUnits);
            var end = units.IndexOf('\0');
            return new string(end < 0 ? units : units[..end]);
        }

        private static byte Checksum(ReadOnlySpan<byte> name)
        {
            byte sum = 0;
            foreach (var b in name) sum = unchecked((byte)((sum << 7 | sum >> 1) + b));
            return sum;
        }
    }
}
