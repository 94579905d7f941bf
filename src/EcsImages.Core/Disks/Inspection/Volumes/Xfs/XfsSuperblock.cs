using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Xfs;

/// <summary>The superblock of an XFS, as far as reading needs it (XFS Algorithms and Data Structures, chapter 9).</summary>
internal sealed record XfsSuperblock
{
    public const int Size = 264;
    // All that Linux has up to 6.13: the last two, parent pointers and a tree of metadata, add to what is read here and change none of it.
    private const uint FileTypes = 1, Readable = 0x1FF;

    /// <summary>4, or 5 where blocks have checksums.</summary>
    public required int Version { get; init; }

    /// <summary>In bytes.</summary>
    public required int BlockSize { get; init; }

    public required ulong RootInode { get; init; }

    /// <summary>In blocks.</summary>
    public required uint GroupBlocks { get; init; }

    public required uint Groups { get; init; }

    /// <summary>In bytes.</summary>
    public required int InodeSize { get; init; }

    /// <summary>How many bits of a number tell the block within its group.</summary>
    public required int GroupBlockBits { get; init; }

    /// <summary>How many bits of an inode's number tell the inode within its block.</summary>
    public required int InodeBits { get; init; }

    /// <summary>Of a block of a folder, in bytes.</summary>
    public required int FolderBlockSize { get; init; }

    /// <summary>Whether folders say what their entries are.</summary>
    public required bool HasFileTypes { get; init; }

    /// <exception cref="DamagedVolumeException">It is damaged, or uses what cannot be read here.</exception>
    public static XfsSuperblock Read(ReadOnlySpan<byte> super)
    {
        if (!super.StartsWith("XFSB"u8)) throw new DamagedVolumeException("it has no superblock");
        var (blockSize, inodeSize, folderBits) = (Number(super, 4), BinaryPrimitives.ReadUInt16BigEndian(super[104..]), super[192]);
        var (inodeBits, groupBits, version) = (super[123], super[124], BinaryPrimitives.ReadUInt16BigEndian(super[100..]) & 15);
        if (blockSize is < 512 or > 65536 || !int.IsPow2((int)blockSize) || inodeSize is < 256 or > 2048 || !int.IsPow2(inodeSize) || inodeSize > blockSize)
            throw new DamagedVolumeException($"it would have blocks of {blockSize} bytes and inodes of {inodeSize}");
        if (groupBits > 32 || inodeBits > 8 || folderBits > 16 || blockSize << folderBits > 65536 || version is not (4 or 5))
            throw new DamagedVolumeException($"its superblock is damaged, or of a version {version} that is not read here");
        var incompatible = version == 5 ? Number(super, 216) : 0;
        if ((incompatible & ~Readable) != 0) throw new DamagedVolumeException($"it uses features that cannot be read here ({incompatible & ~Readable:x})");
        return new XfsSuperblock
        {
            Version = version,
            BlockSize = (int)blockSize,
            RootInode = BinaryPrimitives.ReadUInt64BigEndian(super[56..]),
            GroupBlocks = Number(super, 84),
            Groups = Number(super, 88),
            InodeSize = inodeSize,
            GroupBlockBits = groupBits,
            InodeBits = inodeBits,
            FolderBlockSize = (int)blockSize << folderBits,
            HasFileTypes = version == 5 ? (incompatible & FileTypes) != 0 : (Number(super, 200) & 0x200) != 0,
        };
    }

    /// <summary>Where a block lies, by its number: the group in the upper bits, the block within it in the lower ones.</summary>
    /// <exception cref="DamagedVolumeException">There is no such block.</exception>
    public long Offset(ulong block)
    {
        var (group, within) = (block >> GroupBlockBits, block & ((1UL << GroupBlockBits) - 1));
        if (group >= Groups || within >= GroupBlocks) throw new DamagedVolumeException($"block {within} of group {group} is in use, but there are {Groups} groups of {GroupBlocks}");
        var number = group * GroupBlocks + within;
        return number <= (ulong)(long.MaxValue / BlockSize) ? (long)number * BlockSize : throw new DamagedVolumeException($"block {within} of group {group} would lie beyond every disk");
    }

    private static uint Number(ReadOnlySpan<byte> super, int at) => BinaryPrimitives.ReadUInt32BigEndian(super[at..]);
}
