using System.Buffers.Binary;
using System.Text;

namespace EcsImages.Local.Contents.Synthetic;

/// <summary>An empty ext4 volume: a root directory with lost+found (kernel.org, "ext4 Data Structures and Algorithms").</summary>
/// <remarks>
/// Extents, flexible groups and sparse superblocks; no journal and no checksums, which an empty volume that nobody mounts
/// for long does not need. Inode tables stay holes: an unused inode is zeros.
/// </remarks>
internal static class Ext4Volume
{
    private const uint Created = 1_577_836_800;        // 2020-01-01: older than any clock that checks the volume
    private const int UsedInodes = 11;
    private const int RootInode = 2;
    private const int LostAndFoundInode = 11;
    private const int Block = Ext4Layout.BlockSize;

    public static IEnumerable<DiskPiece> Write(long bytes, Guid uuid, string label)
    {
        var layout = new Ext4Layout(bytes);
        var descriptors = new byte[layout.DescriptorBlocks * Block];
        var freeBlocks = 0L;
        for (var group = 0; group < layout.Groups; group++)
        {
            var bitmap = layout.BlockBitmap(group, out var free);
            freeBlocks += free;
            WriteDescriptor(descriptors.AsSpan(group * Ext4Layout.DescriptorSize), layout, group, free);
            if (free < Ext4Layout.BlocksPerGroup) yield return new DiskPiece(layout.BlockBitmaps[group] * Block, bitmap);
            yield return new DiskPiece(layout.InodeBitmaps[group] * Block, group == 0 ? FirstInodeBitmap : OtherInodeBitmap);
        }

        for (var group = 0; group < layout.Groups; group++)
        {
            if (!Ext4Layout.HasSuperblock(group)) continue;
            var start = (long)group * Ext4Layout.BlocksPerGroup * Block;
            yield return new DiskPiece(start + (group == 0 ? 1024 : 0), Superblock(layout, group, freeBlocks, uuid, label));
            yield return new DiskPiece(start + Block, descriptors);
        }

        var inodes = new byte[Block];
        WriteDirectoryInode(inodes.AsSpan((RootInode - 1) * Ext4Layout.InodeSize), 0x1ED, 3, layout.RootDirectory, 1);
        WriteDirectoryInode(inodes.AsSpan((LostAndFoundInode - 1) * Ext4Layout.InodeSize), 0x1C0, 2,
            layout.LostAndFound, Ext4Layout.LostAndFoundBlocks);
        yield return new DiskPiece(layout.InodeTables[0] * Block, inodes);

        var root = new byte[Block];
        WriteEntry(root, 0, 12, RootInode, ".");
        WriteEntry(root, 12, 12, RootInode, "..");
        WriteEntry(root, 24, Block - 24, LostAndFoundInode, "lost+found");
        yield return new DiskPiece(layout.RootDirectory * Block, root);

        var lost = new byte[Ext4Layout.LostAndFoundBlocks * Block];
        WriteEntry(lost, 0, 12, LostAndFoundInode, ".");
        WriteEntry(lost, 12, Block - 12, RootInode, "..");
        for (var i = 1; i < Ext4Layout.LostAndFoundBlocks; i++) WriteEntry(lost, i * Block, Block, 0, "");
        yield return new DiskPiece(layout.LostAndFound * Block, lost);
    }

    private static byte[] Superblock(Ext4Layout layout, int group, long freeBlocks, Guid uuid, string label)
    {
        var bytes = new byte[1024];
        void Write32(int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), checked((uint)value));
        void Write16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), checked((ushort)value));

        var inodes = (long)layout.Groups * Ext4Layout.InodesPerGroup;
        Write32(0x00, inodes);
        Write32(0x04, layout.Blocks);
        Write32(0x0C, freeBlocks);
        Write32(0x10, inodes - UsedInodes);
        Write32(0x18, 2);                                   // blocks of 1024 << 2 bytes
        Write32(0x1C, 2);                                   // clusters likewise
        Write32(0x20, Ext4Layout.BlocksPerGroup);
        Write32(0x24, Ext4Layout.BlocksPerGroup);
        Write32(0x28, Ext4Layout.InodesPerGroup);
        Write32(0x30, Created);                             // last written
        Write16(0x36, 0xFFFF);                              // no check after so many mounts
        Write16(0x38, 0xEF53);
        Write16(0x3A, 1);                                   // cleanly unmounted
        Write16(0x3C, 1);                                   // go on after an error
        Write32(0x40, Created);                             // last checked
        Write32(0x4C, 1);                                   // revision: inode size and features below
        Write32(0x54, UsedInodes);                          // the first inode that is not reserved
        Write16(0x58, Ext4Layout.InodeSize);
        Write16(0x5A, group);
        Write32(0x5C, 0x8);                                 // compatible: ext_attr
        Write32(0x60, 0x2 | 0x40 | 0x200);                  // incompatible: filetype, extent, flex_bg
        Write32(0x64, 0x1 | 0x2 | 0x40);                    // read-only compatible: sparse_super, large_file, extra_isize
        uuid.TryWriteBytes(bytes.AsSpan(0x68), bigEndian: true, out _);
        Encoding.ASCII.GetBytes(label.AsSpan(0, Math.Min(16, label.Length)), bytes.AsSpan(0x78));
        Write32(0x100, 0x4 | 0x8);                          // mount with user_xattr, acl
        Write32(0x108, Created);
        Write16(0x15C, 32);                                 // extra bytes of an inode: at least, and wanted
        Write16(0x15E, 32);
        Write32(0x160, 1);                                  // directory hashes are signed
        bytes[0x174] = (byte)Math.Max(1, 32 - int.LeadingZeroCount(layout.Groups - 1));        // groups in the flex group, log2
        return bytes;
    }

    private static void WriteDescriptor(Span<byte> descriptor, Ext4Layout layout, int group, int freeBlocks)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, (uint)layout.BlockBitmaps[group]);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[4..], (uint)layout.InodeBitmaps[group]);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[8..], (uint)layout.InodeTables[group]);
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor[12..], (ushort)freeBlocks);
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor[14..], (ushort)(Ext4Layout.InodesPerGroup - (group == 0 ? UsedInodes : 0)));
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor[16..], (ushort)(group == 0 ? 2 : 0));      // directories
    }

    private static readonly byte[] FirstInodeBitmap = InodeBitmap(0xFF, 0x07);
    private static readonly byte[] OtherInodeBitmap = InodeBitmap(0, 0);

    // The first eleven inodes are in use; bits beyond a group's inodes are ones.
    private static byte[] InodeBitmap(byte first, byte second)
    {
        var bitmap = new byte[Block];
        (bitmap[0], bitmap[1]) = (first, second);
        bitmap.AsSpan(Ext4Layout.InodesPerGroup / 8).Fill(0xFF);
        return bitmap;
    }

    private static void WriteDirectoryInode(Span<byte> inode, ushort permissions, ushort links, long block, ushort blocks)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(inode, (ushort)(0x4000 | permissions));
        BinaryPrimitives.WriteUInt32LittleEndian(inode[0x04..], (uint)(blocks * Block));
        foreach (var time in (int[])[0x08, 0x0C, 0x10, 0x90]) BinaryPrimitives.WriteUInt32LittleEndian(inode[time..], Created);
        BinaryPrimitives.WriteUInt16LittleEndian(inode[0x1A..], links);
        BinaryPrimitives.WriteUInt32LittleEndian(inode[0x1C..], (uint)(blocks * (Block / 512)));
        BinaryPrimitives.WriteUInt32LittleEndian(inode[0x20..], 0x80000);                  // mapped by extents
        var extents = inode[0x28..];
        BinaryPrimitives.WriteUInt16LittleEndian(extents, 0xF30A);
        BinaryPrimitives.WriteUInt16LittleEndian(extents[2..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(extents[4..], 4);
        BinaryPrimitives.WriteUInt16LittleEndian(extents[16..], blocks);
        BinaryPrimitives.WriteUInt32LittleEndian(extents[20..], (uint)block);
        BinaryPrimitives.WriteUInt16LittleEndian(inode[0x80..], 32);                       // extra bytes in use
    }

    private static void WriteEntry(Span<byte> directory, int at, int length, uint inode, string name)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(directory[at..], inode);
        BinaryPrimitives.WriteUInt16LittleEndian(directory[(at + 4)..], (ushort)length);
        directory[at + 6] = (byte)name.Length;
        directory[at + 7] = (byte)(name.Length > 0 ? 2 : 0);                               // a directory
        Encoding.ASCII.GetBytes(name, directory[(at + 8)..]);
    }
}
