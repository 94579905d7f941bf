using System.Buffers.Binary;
using System.Text;

namespace EcsImages.Core.Disks.Inspection.Volumes.Xfs;

/// <summary>The entries of a folder: of one that stands in its inode, or of its blocks (chapter 19).</summary>
/// <param name="version">Of the file system.</param>
/// <param name="hasFileTypes">Whether an entry tells what it is, in one more byte.</param>
internal sealed class XfsFolder(int version, bool hasFileTypes)
{
    private const int TailSize = 8;
    private readonly int _typeSize = hasFileTypes ? 1 : 0;

    public void ParseLocal(ReadOnlySpan<byte> fork, List<FolderEntry> entries)
    {
        if (fork.Length < 6) throw new DamagedVolumeException("a folder is damaged");
        var (count, numberSize) = (Math.Max(fork[0], fork[1]), fork[1] > 0 ? 8 : 4);
        var rest = Skip(fork, 2 + numberSize);
        for (var i = 0; i < count && entries.Count < VolumeLimits.MostEntries; i++)
        {
            int nameLength = rest.Length > 3 ? rest[0] : throw new DamagedVolumeException("a folder is damaged");
            var number = Skip(rest, 3 + nameLength + _typeSize);
            if (number.Length < numberSize) throw new DamagedVolumeException("a folder is damaged");
            Add(entries, rest.Slice(3, nameLength), numberSize == 8 ? BinaryPrimitives.ReadUInt64BigEndian(number) : BinaryPrimitives.ReadUInt32BigEndian(number));
            rest = number[numberSize..];
        }
    }

    public void ParseBlock(ReadOnlySpan<byte> block, List<FolderEntry> entries)
    {
        // A hole between blocks of data.
        if (!block[..4].ContainsAnyExcept((byte)0)) return;
        var isOnly = block.StartsWith(version == 5 ? "XDB3"u8 : "XD2B"u8);
        if (!isOnly && !block.StartsWith(version == 5 ? "XDD3"u8 : "XD2D"u8)) throw new DamagedVolumeException("a block of a folder is damaged");
        var rest = block[(version == 5 ? 64 : 16)..];
        // A folder of one block has its table of hashes at the end of that.
        if (isOnly)
        {
            var table = BinaryPrimitives.ReadUInt32BigEndian(block[^TailSize..]) * 8L + TailSize;
            rest = table <= rest.Length ? rest[..^(int)table] : throw new DamagedVolumeException("a block of a folder is damaged");
        }
        while (rest.Length >= 16 && entries.Count < VolumeLimits.MostEntries)
        {
            if (rest[0] == 0xFF && rest[1] == 0xFF)
            {
                var free = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                rest = free >= 8 ? Skip(rest, free) : throw new DamagedVolumeException("a block of a folder is damaged");
                continue;
            }
            int nameLength = rest[8];
            var size = (8 + 1 + nameLength + _typeSize + 2 + 7) / 8 * 8;
            var next = Skip(rest, size);
            Add(entries, rest.Slice(9, nameLength), BinaryPrimitives.ReadUInt64BigEndian(rest));
            rest = next;
        }
    }

    private static void Add(List<FolderEntry> entries, ReadOnlySpan<byte> name, ulong inode)
    {
        if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8)) return;
        entries.Add(new FolderEntry(Encoding.UTF8.GetString(name), (long)Math.Min(inode, long.MaxValue)));
    }

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes, int count) => count <= bytes.Length ? bytes[count..] : throw new DamagedVolumeException("a folder is damaged");
}
