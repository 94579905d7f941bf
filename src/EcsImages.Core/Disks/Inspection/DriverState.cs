namespace EcsImages.Core.Disks.Inspection;

/// <summary>Where a kernel has a driver.</summary>
internal enum DriverState
{
    /// <summary>What would tell could not be read.</summary>
    Unknown,
    Absent,

    /// <summary>In a file of its own, which the initramfs must hold if it is needed to boot.</summary>
    Module,
    BuiltIn,
}
