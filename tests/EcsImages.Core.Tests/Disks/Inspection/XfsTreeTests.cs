using System.Buffers.Binary;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Disks.Inspection.Volumes.Xfs;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>Files in so many pieces that their extents make a tree, which no tool makes without mounting.</summary>
public sealed class XfsTreeTests
{
    private const int Block = 4096;
    private static readonly XfsSuperblock Super = new()
    {
        Version = 5,
        BlockSize = Block,
        RootInode = 128,
        GroupBlocks = 16,
        Groups = 4,
        InodeSize = 512,
        GroupBlockBits = 4,
        InodeBits = 3,
        FolderBlockSize = Block,
        HasFileTypes = true,
    };

    [Fact]
    public async Task The_blocks_of_a_file_are_found_through_its_tree()
    {
        var disk = new byte[64 * Block];
        // Two leaves, of extents of two blocks with a hole of one behind each.
        Leaf(disk.AsSpan(5 * Block), 0, 30, 100);
        Leaf(disk.AsSpan(18 * Block), 90, 30, 400);
        var blocks = new XfsBlocks(DiskView.Of(new RawDisk(new MemorySource(disk))), Super);
        var inode = new XfsInode(Inode([(0, 5), (90, 18)]), 128);
        foreach (var (block, expected) in ((long, XfsRun)[])[(0, new(100, 2)), (1, new(101, 1)), (2, new(null, 1)), (3, new(102, 2)), (90, new(400, 2)), (94, new(403, 1)), (178, new(459, 1)), (500, new(null, 1))])
            Assert.Equal(expected, await blocks.FindAsync(inode, block, CancellationToken.None));
    }

    [Fact]
    public async Task A_tree_that_leads_in_a_circle_or_beyond_the_disk_is_damaged()
    {
        var disk = new byte[64 * Block];
        var node = disk.AsSpan(5 * Block);
        "BMA3"u8.CopyTo(node);
        BinaryPrimitives.WriteUInt16BigEndian(node[4..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(node[6..], 1);
        BinaryPrimitives.WriteUInt64BigEndian(node[(72 + (Block - 72) / 16 * 8)..], 5);
        var blocks = new XfsBlocks(DiskView.Of(new RawDisk(new MemorySource(disk))), Super);
        foreach (var at in (ulong[])[5, 6, 63, 64, ulong.MaxValue])
            await Assert.ThrowsAsync<DamagedVolumeException>(() => blocks.FindAsync(new XfsInode(Inode([(0, at)]), 128), 0, CancellationToken.None).AsTask());
    }

    [Theory]
    [InlineData(0x1FF, true)]
    [InlineData(0x200, false)]
    [InlineData(0x80000000, false)]
    public void What_newer_systems_add_does_not_matter_unless_files_lie_elsewhere(uint features, bool isRead)
    {
        var super = new byte[XfsSuperblock.Size];
        "XFSB"u8.CopyTo(super);
        BinaryPrimitives.WriteInt32BigEndian(super.AsSpan(4), Block);
        super[101] = 5;
        BinaryPrimitives.WriteUInt16BigEndian(super.AsSpan(104), 512);
        (super[123], super[124]) = (3, 4);
        BinaryPrimitives.WriteUInt32BigEndian(super.AsSpan(216), features);
        if (isRead) Assert.True(XfsSuperblock.Read(super).HasFileTypes);
        else Assert.Throws<DamagedVolumeException>(() => XfsSuperblock.Read(super));
    }

    private static void Leaf(Span<byte> leaf, long first, int count, ulong physical)
    {
        "BMA3"u8.CopyTo(leaf);
        BinaryPrimitives.WriteUInt16BigEndian(leaf[6..], (ushort)count);
        for (var i = 0; i < count; i++)
        {
            var block = physical + (ulong)(2 * i);
            BinaryPrimitives.WriteUInt64BigEndian(leaf[(72 + 16 * i)..], (ulong)(first + 3 * i) << 9 | block >> 43);
            BinaryPrimitives.WriteUInt64BigEndian(leaf[(80 + 16 * i)..], block << 21 | 2);
        }
    }

    private static byte[] Inode((long First, ulong Block)[] children)
    {
        var inode = new byte[512];
        "IN"u8.CopyTo(inode);
        inode[2] = 0x81;
        (inode[4], inode[5]) = (3, 3);
        var fork = inode.AsSpan(176);
        BinaryPrimitives.WriteUInt16BigEndian(fork, 1);
        BinaryPrimitives.WriteUInt16BigEndian(fork[2..], (ushort)children.Length);
        var most = (fork.Length - 4) / 16;
        for (var i = 0; i < children.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(fork[(4 + 8 * i)..], (ulong)children[i].First);
            BinaryPrimitives.WriteUInt64BigEndian(fork[(4 + 8 * (most + i))..], children[i].Block);
        }
        return inode;
    }
}
