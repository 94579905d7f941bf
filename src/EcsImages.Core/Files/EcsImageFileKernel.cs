using EcsImages.Core.Disks.Inspection;

namespace EcsImages.Core.Files;

/// <summary>A Linux kernel on the disk in a disk-image file.</summary>
public sealed record EcsImageFileKernel
{
    /// <summary>As uname -r would say it.</summary>
    public required string Version { get; init; }

    /// <summary>x86_64, arm64 or i386; null where that cannot be told.</summary>
    public required string? Architecture { get; init; }

    /// <summary>Whether it has the driver of ECS disks: BuiltIn, Module, Absent or Unknown.</summary>
    public required string VirtioBlk { get; init; }

    /// <summary>Whether it has the driver of ECS network interfaces: BuiltIn, Module, Absent or Unknown.</summary>
    public required string VirtioNet { get; init; }

    /// <summary>Whether it has the driver of NVMe disks: BuiltIn, Module, Absent or Unknown.</summary>
    public required string Nvme { get; init; }

    /// <summary>Whether its initramfs is there; null where that cannot be told.</summary>
    public required bool? HasInitramfs { get; init; }

    internal static EcsImageFileKernel Of(InspectedKernel kernel) => new()
    {
        Version = kernel.Version,
        Architecture = kernel.Architecture,
        VirtioBlk = $"{kernel.VirtioBlk}",
        VirtioNet = $"{kernel.VirtioNet}",
        Nvme = $"{kernel.Nvme}",
        HasInitramfs = kernel.HasInitramfs,
    };

    /// <summary>The version.</summary>
    public override string ToString() => Version;
}
