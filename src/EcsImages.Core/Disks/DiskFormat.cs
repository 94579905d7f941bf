namespace EcsImages.Core.Disks;

/// <summary>A format of disk-image files.</summary>
internal enum DiskFormat
{
    /// <summary>The bytes of the disk as they are.</summary>
    Raw,

    /// <summary>QEMU's copy-on-write format, versions 2 and 3.</summary>
    Qcow2,

    /// <summary>Microsoft's older virtual hard disk, fixed or dynamic.</summary>
    Vhd,

    /// <summary>Microsoft's newer virtual hard disk.</summary>
    Vhdx,

    /// <summary>VMware's virtual disk.</summary>
    Vmdk,

    /// <summary>VirtualBox's disk image.</summary>
    Vdi,
}

internal static class DiskFormatNames
{
    /// <summary>As the service writes it.</summary>
    public static string Name(this DiskFormat format) => format.ToString().ToUpperInvariant();
}
