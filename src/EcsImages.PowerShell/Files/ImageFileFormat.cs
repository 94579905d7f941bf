namespace EcsImages.PowerShell.Files;

/// <summary>The formats in which Convert-EcsImageFile writes.</summary>
public enum ImageFileFormat
{
    /// <summary>The bytes of the disk as they are; zeros are holes.</summary>
    RAW,

    /// <summary>QEMU's format, version 3.</summary>
    QCOW2,

    /// <summary>Microsoft's older format; dynamic, or fixed with -Fixed.</summary>
    VHD,

    /// <summary>Microsoft's newer format, dynamic.</summary>
    VHDX,

    /// <summary>VMware's format, stream-optimized.</summary>
    VMDK,
}
