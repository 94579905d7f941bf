using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Ext;

/// <summary>The superblock of ext2, ext3 or ext4, 1024 bytes from the start (kernel: Documentation/filesystems/ext4/super.rst).</summary>
internal sealed record ExtSuperblock
{
    private const uint HasJournal = 4, Extents = 0x40, Is64Bit = 0x80;
    private const uint Ext3Incompatible = 0x16, Ext3ReadOnly = 0x7;
    private static readonly (uint Bit, string Name)[] Compatible = [(HasJournal, "has_journal")];
    private static readonly (uint Bit, string Name)[] ReadOnly = [(0x100, "quota"), (0x200, "bigalloc"), (0x400, "metadata_csum"), (0x2000, "project"), (0x8000, "verity")];
    private static readonly (uint Bit, string Name)[] Incompatible =
    [
        (0x1, "compression"), (0x4, "needs_recovery"), (0x8, "journal_dev"), (0x10, "meta_bg"), (Extents, "extents"), (Is64Bit, "64bit"), (0x100, "mmp"), (0x200, "flex_bg"),
        (0x400, "ea_inode"), (0x1000, "dirdata"), (0x2000, "metadata_csum_seed"), (0x4000, "large_dir"), (0x8000, "inline_data"), (0x10000, "encrypt"), (0x20000, "casefold"),
    ];
    private const uint ReadableIncompatible = 0x2 | 0x4 | 0x10 | Extents | Is64Bit | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000 | 0x10000 | 0x20000;

    public required FileSystemKind Kind { get; init; }

    /// <summary>In bytes.</summary>
    public required long BlockSize { get; init; }

    public required uint FirstDataBlock { get; init; }

    public required uint InodesPerGroup { get; init; }

    public required uint InodeCount { get; init; }

    /// <summary>In bytes.</summary>
    public required int InodeSize { get; init; }

    /// <summary>Of one group, in bytes.</summary>
    public required int DescriptorSize { get; init; }

    /// <summary>From this block of descriptors on, they lie in their groups; where the feature meta_bg is on.</summary>
    public required uint FirstMetaGroup { get; init; }

    public required uint IncompatibleBits { get; init; }

    public required string Label { get; init; }

    public required string Uuid { get; init; }

    /// <summary>By the names that mkfs gives them.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    public bool HasMetaGroups => (IncompatibleBits & 0x10) != 0;

    /// <summary>Whether folders say what their entries are.</summary>
    public bool HasFileTypes => (IncompatibleBits & 2) != 0;

    /// <summary>Null where there is none.</summary>
    public static ExtSuperblock? TryRead(ReadOnlySpan<byte> super)
    {
        if (Short(super, 56) != 0xEF53 || Number(super, 24) > 6) return null;
        var (compatible, incompatible, readOnly) = (Number(super, 92), Number(super, 96), Number(super, 100));
        var isOld = Number(super, 76) == 0;
        return new ExtSuperblock
        {
            Kind = (incompatible & ~Ext3Incompatible) != 0 || (readOnly & ~Ext3ReadOnly) != 0 ? FileSystemKind.Ext4
                : (compatible & HasJournal) != 0 ? FileSystemKind.Ext3 : FileSystemKind.Ext2,
            BlockSize = 1024L << (int)Number(super, 24),
            FirstDataBlock = Number(super, 20),
            InodesPerGroup = Number(super, 40),
            InodeCount = Number(super, 0),
            InodeSize = isOld ? 128 : Short(super, 88),
            DescriptorSize = (incompatible & Is64Bit) == 0 ? 32 : Short(super, 254),
            FirstMetaGroup = Number(super, 260),
            IncompatibleBits = incompatible,
            Label = VolumeText.Of(super.Slice(120, 16)),
            Uuid = VolumeText.Uuid(super.Slice(104, 16)),
            Features = [.. Names(compatible, Compatible), .. Names(incompatible, Incompatible), .. Names(readOnly, ReadOnly)],
        };
    }

    /// <summary>Why its files cannot be read here; null where they can.</summary>
    public string? Obstacle()
    {
        var unknown = IncompatibleBits & ~ReadableIncompatible;
        if (unknown != 0) return $"it uses {(Names(unknown, Incompatible) is [_, ..] names ? string.Join(", ", names) : $"features that are not known here ({unknown:x})")}, which cannot be read here";
        if (Features.Contains("bigalloc")) return "it hands out blocks in clusters (bigalloc), which is not read here";
        if (InodesPerGroup == 0 || InodeSize is < 128 or > 4096 || !int.IsPow2(InodeSize)) return $"it would have {InodesPerGroup} inodes of {InodeSize} bytes in each group";
        return DescriptorSize is < 32 or > 1024 || !int.IsPow2(DescriptorSize) ? $"its descriptors of groups would have {DescriptorSize} bytes" : null;
    }

    private static string[] Names(uint bits, (uint Bit, string Name)[] names) => [.. names.Where(n => (bits & n.Bit) != 0).Select(static n => n.Name)];

    private static uint Number(ReadOnlySpan<byte> super, int at) => BinaryPrimitives.ReadUInt32LittleEndian(super[at..]);

    private static ushort Short(ReadOnlySpan<byte> super, int at) => BinaryPrimitives.ReadUInt16LittleEndian(super[at..]);
}
