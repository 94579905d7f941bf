using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files;
using EcsImages.Core.Files.Checks;
using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Tests.Files;

/// <summary>A file that no check has anything against, to be changed in one respect.</summary>
internal static class Candidate
{
    public static readonly InspectedPartition Esp = new()
    {
        Number = 1,
        Start = 1 << 20,
        Length = 100 << 20,
        TypeName = "EFI system",
        IsEfiSystem = true,
        FileSystem = FileSystemKind.Fat32,
        Uuid = "ABCD-1234",
    };

    public static readonly InspectedPartition Root = new()
    {
        Number = 2,
        Start = 200 << 20,
        Length = 1 << 30,
        TypeName = "Linux data",
        FileSystem = FileSystemKind.Ext4,
        Label = "root",
        Uuid = "2f0e9c5e-0b9a-4d55-8d0e-8a2a3d9e7a11",
    };

    public static readonly InspectedKernel Kernel = new()
    {
        Version = "6.8.0-45-generic",
        Path = "/boot/vmlinuz-6.8.0-45-generic",
        Architecture = "x86_64",
        VirtioBlk = DriverState.BuiltIn,
        VirtioNet = DriverState.BuiltIn,
        Nvme = DriverState.Module,
        HasInitramfs = true,
    };

    public static readonly DiskInspection Linux = new()
    {
        Scheme = PartitionScheme.Gpt,
        Partitions = [Esp, Root],
        CanBootBios = true,
        CanBootUefi = true,
        Layout = (true, true),
        HasLinux = true,
        LinuxRoots = 1,
        OSId = "ubuntu",
        OSName = "Ubuntu 24.04.1 LTS",
        OSVersion = "24.04",
        Platform = "Ubuntu",
        Architecture = "x86_64",
        Kernels = [Kernel],
        HasCloudInit = true,
        Fstab = [new FstabEntry("LABEL=root", "/", "ext4", "defaults"), new FstabEntry("UUID=abcd-1234", "/boot/efi", "vfat", "defaults")],
        EfiLoaders = [new EfiLoader("EFI/BOOT/BOOTX64.EFI", "x86_64"), new EfiLoader("EFI/ubuntu/shimx64.efi", "x86_64")],
    };

    public static readonly DiskInspection Windows = new()
    {
        Scheme = PartitionScheme.Gpt,
        Partitions = [Esp, Root with { FileSystem = FileSystemKind.Ntfs }],
        CanBootUefi = true,
        Layout = (false, true),
        HasWindows = true,
        Architecture = "x86_64",
        EfiLoaders = [new EfiLoader("EFI/BOOT/bootx64.efi", "x86_64"), new EfiLoader("EFI/Microsoft/Boot/bootmgfw.efi", "x86_64")],
    };

    public static EcsImageFile File(DiskInspection disk, string format = "QCOW2", double gib = 40, string package = "", DiskTraits? traits = null) => new()
    {
        Path = "/disks/web.img",
        Format = format,
        Package = package,
        SizeBytes = (long)(gib * (1L << 30)),
        FileBytes = 1 << 30,
        StoredBytes = 1 << 30,
        Remarks = [],
        Content = disk,
        Traits = traits ?? DiskTraits.None,
    };

    public static FileCandidate Of(EcsImageFile file) => new() { File = file, Today = new DateOnly(2026, 12, 1) };

    public static FileCandidate Of(DiskInspection disk) => Of(File(disk));

    /// <summary>What a check says; it must be among those that are asked.</summary>
    public static EcsCompatibilityRule Rule(this FileCandidate candidate, string id) => Assert.Single(FileChecks.Judge(candidate).Findings, f => f.Id == id);
}
