namespace EcsImages.Core.Disks.Inspection;

/// <summary>What a partition holds, by its signature.</summary>
internal enum FileSystemKind
{
    /// <summary>Nothing, or nothing that is known here.</summary>
    Unknown,
    Ext2,
    Ext3,
    Ext4,
    Xfs,
    Btrfs,
    Fat12,
    Fat16,
    Fat32,
    ExFat,
    Ntfs,
    Refs,
    Iso9660,
    SquashFs,
    Ufs,
    Zfs,

    /// <summary>No file system: memory of a Linux that was paged out.</summary>
    Swap,

    /// <summary>A physical volume of LVM, which may hold several file systems.</summary>
    Lvm2,

    /// <summary>A member of a software RAID of Linux.</summary>
    MdRaid,

    /// <summary>Encrypted by Linux.</summary>
    Luks,

    /// <summary>Encrypted by Windows.</summary>
    BitLocker,
}

internal static class FileSystemKinds
{
    public static bool IsExt(this FileSystemKind kind) => kind is FileSystemKind.Ext2 or FileSystemKind.Ext3 or FileSystemKind.Ext4;

    /// <summary>Whether a Linux may have its root on it, and its files can be read here.</summary>
    public static bool IsReadableRoot(this FileSystemKind kind) => kind.IsExt() || kind is FileSystemKind.Xfs;

    public static bool IsFat(this FileSystemKind kind) => kind is FileSystemKind.Fat12 or FileSystemKind.Fat16 or FileSystemKind.Fat32;

    public static bool IsEncrypted(this FileSystemKind kind) => kind is FileSystemKind.Luks or FileSystemKind.BitLocker;

    /// <summary>Whether it is one that only Linux makes.</summary>
    public static bool IsOfLinux(this FileSystemKind kind) => kind.IsExt() || kind is FileSystemKind.Xfs or FileSystemKind.Btrfs
        or FileSystemKind.Swap or FileSystemKind.Lvm2 or FileSystemKind.MdRaid or FileSystemKind.Luks;

    /// <summary>As people write it; empty for what is unknown.</summary>
    public static string Name(this FileSystemKind kind) => kind switch
    {
        FileSystemKind.Unknown => "",
        FileSystemKind.Ext2 => "ext2",
        FileSystemKind.Ext3 => "ext3",
        FileSystemKind.Ext4 => "ext4",
        FileSystemKind.ExFat => "exFAT",
        FileSystemKind.Refs => "ReFS",
        FileSystemKind.Iso9660 => "ISO 9660",
        FileSystemKind.SquashFs => "SquashFS",
        FileSystemKind.Swap => "swap",
        FileSystemKind.MdRaid => "mdraid",
        FileSystemKind.Btrfs or FileSystemKind.BitLocker => kind.ToString(),
        _ => kind.ToString().ToUpperInvariant(),
    };
}
