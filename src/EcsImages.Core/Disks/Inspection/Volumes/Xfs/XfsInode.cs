using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Xfs;

/// <summary>How the content of an inode is found.</summary>
internal enum XfsFormat
{
    Device = 0,

    /// <summary>It stands in the inode.</summary>
    Local = 1,

    /// <summary>A list of extents stands in the inode.</summary>
    Extents = 2,

    /// <summary>The root of a tree of extents does.</summary>
    Tree = 3,
}

/// <summary>An inode (chapter 16).</summary>
internal sealed class XfsInode
{
    private const int OldCore = 100, Core = 176;
    private readonly byte[] _bytes;
    private readonly int _forkEnd;

    /// <exception cref="DamagedVolumeException">It is none.</exception>
    public XfsInode(byte[] bytes, ulong number)
    {
        _bytes = bytes;
        if (!bytes.AsSpan().StartsWith("IN"u8)) throw new DamagedVolumeException($"inode {number} is damaged");
        var end = bytes[82] == 0 ? bytes.Length : ForkStart + bytes[82] * 8;
        _forkEnd = end <= bytes.Length ? end : throw new DamagedVolumeException($"inode {number} is damaged");
    }

    public FileKind Kind => (BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(2)) >> 12) switch { 8 => FileKind.File, 4 => FileKind.Folder, 10 => FileKind.Link, _ => FileKind.Other };

    public XfsFormat Format => (XfsFormat)_bytes[5];

    /// <summary>In bytes.</summary>
    public long Length => (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(56)), long.MaxValue);

    /// <summary>Whether its content lies on the realtime device, which is another one.</summary>
    public bool IsElsewhere => (_bytes[91] & 1) != 0;

    /// <summary>The content, the extents, or the root of their tree.</summary>
    public ReadOnlyMemory<byte> Fork => _bytes.AsMemory(ForkStart, _forkEnd - ForkStart);

    /// <summary>How many extents the fork lists; never more than it has room for.</summary>
    public int Extents => (int)Math.Min(
        HasManyExtents ? BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(24)) : BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(76)), (ulong)(Fork.Length / 16));

    private int ForkStart => _bytes[4] >= 3 ? Core : OldCore;

    // The flag nrext64: the number of extents stands elsewhere.
    private bool HasManyExtents => _bytes[4] >= 3 && (BinaryPrimitives.ReadUInt64BigEndian(_bytes.AsSpan(120)) & 0x10) != 0;
}
