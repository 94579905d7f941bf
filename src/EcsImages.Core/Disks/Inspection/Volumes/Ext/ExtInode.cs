using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Ext;

/// <summary>An inode: what a file is, how long, and where its blocks lie.</summary>
internal sealed class ExtInode
{
    private const int BlocksAt = 40, BlocksLength = 60, CoreSize = 128;
    private const uint ExtentsFlag = 0x80000, InlineFlag = 0x10000000;
    private const uint AttributesMagic = 0xEA020000;
    private readonly byte[] _bytes;

    public ExtInode(byte[] bytes) => _bytes = bytes;

    public FileKind Kind => (BinaryPrimitives.ReadUInt16LittleEndian(_bytes) >> 12) switch { 8 => FileKind.File, 4 => FileKind.Folder, 10 => FileKind.Link, _ => FileKind.Other };

    /// <summary>In bytes.</summary>
    public long Length => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(4))
        | (long)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(108)), int.MaxValue) << 32;

    public bool HasExtents => (Flags & ExtentsFlag) != 0;

    /// <summary>Whether its content stands in the inode itself.</summary>
    public bool IsInline => (Flags & InlineFlag) != 0 || (Kind is FileKind.Link && Length < BlocksLength && !HasExtents);

    /// <summary>The root of its extents, or the numbers of its blocks.</summary>
    public ReadOnlyMemory<byte> Blocks => _bytes.AsMemory(BlocksAt, BlocksLength);

    private uint Flags => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(32));

    /// <summary>The content in the inode: its first 60 bytes where block numbers would be, the rest in the attribute system.data.</summary>
    public byte[] Inline()
    {
        byte[] all = [.. Blocks.Span, .. (Flags & InlineFlag) != 0 ? Attribute() : default];
        return all[..(int)Math.Min(all.Length, Length)];
    }

    private ReadOnlySpan<byte> Attribute()
    {
        if (_bytes.Length <= CoreSize + 4) return default;
        var start = CoreSize + BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(CoreSize));
        if (start > _bytes.Length - 4 || BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(start)) != AttributesMagic) return default;
        var attributes = _bytes.AsSpan(start + 4);
        for (var at = 0; at <= attributes.Length - 16 && BinaryPrimitives.ReadUInt32LittleEndian(attributes[at..]) != 0;)
        {
            var nameLength = attributes[at];
            if (attributes[at + 1] == 7 && attributes[(at + 16)..].StartsWith("data"u8) && nameLength == 4)
            {
                var (from, length) = (BinaryPrimitives.ReadUInt16LittleEndian(attributes[(at + 2)..]), BinaryPrimitives.ReadUInt32LittleEndian(attributes[(at + 8)..]));
                return from <= attributes.Length && length <= attributes.Length - from ? attributes.Slice(from, (int)length)
                    : throw new DamagedVolumeException("content that stands in an inode would go beyond it");
            }
            at += 16 + (nameLength + 3) / 4 * 4;
        }
        return default;
    }
}
