using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files.Checks;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Tests.Files;

/// <summary>Each check holds for a good disk, and fails for one that differs in what it is about.</summary>
public sealed class FileCheckTests
{
    private static readonly InspectedPartition Spare = Candidate.Root with { Number = 3, Start = 5L << 30, Label = "", Uuid = "11111111-2222-3333-4444-555555555555" };

    /// <summary>What is changed, the check, what it then finds, and a word of the remedy.</summary>
    public static TheoryData<string, string, EcsCompatibilityFinding, EcsCompatibilitySeverity, string> Cases => new()
    {
        { "vmdk", "Format", Violated, Informs, "Convert-EcsImageFile '/disks/web.img' '/disks/web.qcow2'" },
        { "packed", "Format", Violated, Informs, "Convert-EcsImageFile" },
        { "several files", "OneFile", Violated, Warns, "-FollowBackingFile" },
        { "corrupt", "FileIntegrity", Violated, Blocks, "qemu-img check" },
        { "piece", "FileIntegrity", Violated, Blocks, "Name the .vmdk beside it" },
        { "dirty", "FileIntegrity", Violated, Warns, "Shut the machine down" },
        { "snapshots", "InternalSnapshots", Violated, Informs, "" },
        { "vhd of another size", "VhdSize", Violated, Blocks, ".qcow2" },
        { "too large", "DiskSize", Violated, Blocks, "resize --shrink" },
        { "no byte", "DiskSize", Violated, Blocks, "" },
        { "medium", "InstallationMedium", Violated, Blocks, "Install the system" },
        { "no table", "PartitionTable", Violated, Blocks, "" },
        { "no table but ext4", "PartitionTable", Violated, Blocks, "-DataDisk" },
        { "empty table", "PartitionTable", Violated, Blocks, "" },
        { "damaged table", "PartitionTableSound", Violated, Warns, "sgdisk" },
        { "large sectors", "SectorSize", Violated, Blocks, "512" },
        { "large sectors under an MBR", "SectorSize", Violated, Blocks, "512" },
        { "large sectors of a data disk", "SectorSize", Violated, Warns, "512" },
        { "in use", "Unmounted", Violated, Warns, "Shut the machine down" },
        { "boots nowhere", "BootLoader", Violated, Blocks, "grub-install" },
        { "BIOS only", "BootLoader", Violated, Warns, "-BootMode BIOS" },
        { "UEFI only", "BootLoader", Violated, Warns, "-BootMode UEFI" },
        { "BIOS said, UEFI there", "BootLoader", Violated, Blocks, "-BootMode UEFI" },
        { "UEFI said, BIOS there", "BootLoader", Violated, Blocks, "-BootMode BIOS" },
        { "laid out, no loader", "BootLoader", Violated, Blocks, "grub-install" },
        { "no fallback loader", "EfiFallbackLoader", Violated, Warns, "cp /boot/efi/EFI/ubuntu/shimx64.efi /boot/efi/EFI/BOOT/BOOTX64.EFI" },
        { "no fallback loader, no BIOS", "EfiFallbackLoader", Violated, Blocks, "BOOTX64.EFI" },
        { "loader for ARM", "EfiFallbackLoader", Violated, Blocks, "" },
        { "unknown system", "OperatingSystem", Unknown, Warns, "-OSType" },
        { "two systems", "OperatingSystem", Unknown, Warns, "-OSType" },
        { "no platform", "Platform", Violated, Informs, "-Platform" },
        { "unknown architecture", "SystemArchitecture", Unknown, Warns, "-Architecture" },
        { "said to be ARM", "SystemArchitecture", Violated, Blocks, "-Architecture" },
        { "32-bit", "SystemArchitecture", Violated, Informs, "-MaximumMemoryGiB" },
        { "CentOS 6", "EndOfLife", Violated, Warns, "Get-EcsImage" },
        { "two systems", "OneRoot", Violated, Warns, "disk of its own" },
        { "two roots", "OneRoot", Violated, Warns, "" },
        { "root unread", "RootReadable", Unknown, Warns, "lsinitrd" },
        { "no virtio", "VirtioDrivers", Violated, Blocks, "apt-get install linux-image-generic" },
        { "root unread", "VirtioDrivers", Unknown, Informs, "" },
        { "modules, no initramfs", "Initramfs", Violated, Blocks, "update-initramfs -u" },
        { "modules, no initramfs, Rocky", "Initramfs", Violated, Blocks, "dracut -f" },
        { "modules", "Initramfs", Unknown, Informs, "update-initramfs -u" },
        { "no NVMe driver", "NvmeDriver", Violated, Informs, "linux-image" },
        { "no cloud-init", "CloudInit", Violated, Warns, "apt-get install cloud-init" },
        { "old kernel on ARM", "KernelVersion", Violated, Warns, "" },
        { "old kernel on CentOS", "KernelVersion", Violated, Warns, "yum install kernel" },
        { "fstab by sda1", "FstabDevices", Violated, Blocks, "/dev/sda1" },
        { "fstab by vda1", "FstabDevices", Violated, Warns, "/dev/vda1" },
        { "fstab by id of a disk", "FstabDevices", Violated, Blocks, "/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001-part1" },
        { "fstab by path", "FstabDevices", Violated, Blocks, "/dev/disk/by-path/" },
        { "swap by sda2", "FstabDevices", Violated, Warns, "/dev/sda2" },
        { "swap of another disk", "FstabMounts", Violated, Warns, "nofail" },
        { "fstab of another disk", "FstabMounts", Violated, Warns, "nofail" },
        { "fstab into LVM", "FstabMounts", Unknown, Informs, "" },
        { "Btrfs", "RootFileSystem", Violated, Warns, "Others Linux" },
        { "64bit", "Ext4Features", Violated, Informs, "resize2fs -s" },
        { "quota and project", "Ext4Features", Violated, Warns, "tune2fs" },
        { "LVM", "Lvm", Violated, Warns, "dracut" },
        { "LUKS beside", "Encryption", Violated, Warns, "LUKS" },
        { "LUKS root", "Encryption", Violated, Blocks, "LUKS" },
        { "BitLocker", "Encryption", Violated, Blocks, "manage-bde" },
        { "LUKS on a data disk", "Encryption", Violated, Informs, "" },
        { "Windows", "WindowsDrivers", Unknown, Warns, "virtio-win" },
        { "small Windows", "WindowsDiskSize", Violated, Warns, "40 GiB" },
        { "large Windows", "WindowsDiskSize", Violated, Warns, "Disk Management" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_wrong_is_found_with_its_remedy(string what, string id, EcsCompatibilityFinding finding, EcsCompatibilitySeverity severity, string remedy)
    {
        var rule = Changed(what).Rule(id);
        Assert.Equal((finding, severity), (rule.Finding, rule.Severity));
        Assert.EndsWith(".", rule.Reason, StringComparison.Ordinal);
        Assert.Contains(remedy, rule.Remedy ?? "", StringComparison.Ordinal);
        Assert.NotEmpty(rule.Source!);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_well_passes(string what, string id, EcsCompatibilityFinding finding, EcsCompatibilitySeverity severity, string remedy)
    {
        // The files of a Windows are not read: nothing says that it is well.
        if (id == "WindowsDrivers") return;
        var rule = Good(id).Rule(id);
        Assert.True(rule.Finding is Passed, $"{what}, {finding}, {severity}, {remedy}: {rule}");
        Assert.EndsWith(".", rule.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_against_a_good_disk()
    {
        var test = FileChecks.Judge(Candidate.Of(Candidate.Linux));
        Assert.True(test.Verdict is EcsCompatibilityVerdict.Compatible, string.Join('\n', test.Problems.AsEnumerable()));
        Assert.Null(test.Reason);
        Assert.Equal(("x86_64", "UEFI-Preferred", "Ubuntu 24.04.1 LTS"), (test.Architecture, test.BootMode, test.OSName));
    }

    [Fact]
    public void Every_check_has_a_case_that_fails_and_stands_once()
    {
        var asked = ((FileCandidate[])[Candidate.Of(Candidate.Linux), Good("VhdSize"), Good("KernelVersion"), Good("WindowsDiskSize")]).SelectMany(static c => FileChecks.Judge(c).Findings.Select(static f => f.Id)).Distinct().Order();
        Assert.Equal(asked, Cases.Select(static c => (string)c[1]).Distinct().Order());
        Assert.Equal(FileChecks.Judge(Candidate.Of(Candidate.Linux)).Findings.Length, FileChecks.Judge(Candidate.Of(Candidate.Linux)).Findings.DistinctBy(static f => f.Id).Count());
    }

    [Theory]
    [InlineData("ecs.g7.large", "X86", "BIOS,UEFI", "unsupported", "", EcsCompatibilityVerdict.Compatible)]
    [InlineData("ecs.g8y.large", "ARM", "UEFI", "required", "Architecture", EcsCompatibilityVerdict.Incompatible)]
    [InlineData("ecs.g8i.large", "X86", "BIOS,UEFI", "required", "Nvme", EcsCompatibilityVerdict.Incompatible)]
    public void A_type_is_judged_by_the_rules_of_images(string name, string cpu, string modes, string nvme, string id, EcsCompatibilityVerdict verdict)
    {
        var disk = id == "Nvme" ? Candidate.Linux with { Kernels = [Candidate.Kernel with { Nvme = DriverState.Absent }] } : Candidate.Linux;
        var type = new EcsInstanceType { InstanceType = name, InstanceTypeFamily = name[..name.LastIndexOf('.')], CpuCoreCount = 2, MemoryGiB = 8, CpuArchitecture = cpu, SupportedBootModes = modes.Split(','), NvmeSupport = nvme, RegionId = "cn-hangzhou", ContextAccountId = "1" };
        var test = FileChecks.Judge(Candidate.Of(disk) with { Type = type });
        Assert.Equal((name, verdict), (test.InstanceType, test.Verdict));
        if (id.Length > 0) Assert.Contains(test.Problems, p => p.Id == id && p.Remedy is { Length: > 0 } remedy && !remedy.Contains("m-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_data_disk_need_not_start()
    {
        var disk = new DiskInspection { Scheme = PartitionScheme.None, Partitions = [Candidate.Root with { Number = 0 }], HasLinux = true };
        Assert.Equal(EcsCompatibilityVerdict.Incompatible, FileChecks.Judge(Candidate.Of(disk)).Verdict);
        Assert.Equal(EcsCompatibilityVerdict.Compatible, FileChecks.Judge(Candidate.Of(disk) with { IsDataDisk = true }).Verdict);
    }

    [Theory]
    [InlineData("/dev/disk/by-id/dm-name-vg-root")]
    [InlineData("/dev/disk/by-id/lvm-pv-uuid-abc")]
    [InlineData("/dev/disk/by-id/md-uuid-abc")]
    [InlineData("/dev/disk/by-uuid/2f0e9c5e-0b9a-4d55-8d0e-8a2a3d9e7a11")]
    [InlineData("/dev/mapper/vg-root")]
    public void What_keeps_its_name_on_another_machine_may_stand_in_fstab(string device) =>
        Assert.Equal(Passed, Candidate.Of(Candidate.Linux with { Fstab = [new FstabEntry(device, "/", "ext4", "defaults")] }).Rule("FstabDevices").Finding);

    [Fact]
    public void Without_swap_a_system_is_late_and_not_stopped() =>
        Assert.Contains("goes on without", Changed("swap of another disk").Rule("FstabMounts").Reason, StringComparison.Ordinal);

    private static FileCandidate Good(string id) => id switch
    {
        "VhdSize" => Candidate.Of(Candidate.File(Candidate.Linux, "VHD", traits: new DiskTraits { CoveredBytes = 40L << 30 })),
        "KernelVersion" => Candidate.Of(Candidate.Linux with { Platform = "Rocky Linux", OSId = "rocky" }),
        "WindowsDiskSize" => Candidate.Of(Candidate.Windows),
        _ => Candidate.Of(Candidate.Linux),
    };

    private static FileCandidate Changed(string what)
    {
        var (linux, kernel, root) = (Candidate.Linux, Candidate.Kernel, Candidate.Root);
        return what switch
        {
            "vmdk" => Candidate.Of(Candidate.File(linux, "VMDK")),
            "packed" => Candidate.Of(Candidate.File(linux, "RAW", package: "tar.gz")),
            "several files" => Traits(new DiskTraits { NeedsOtherFiles = true }),
            "corrupt" => Traits(new DiskTraits { IsMarkedCorrupt = true }),
            "dirty" => Traits(new DiskTraits { WasNotClosed = true }),
            "snapshots" => Traits(new DiskTraits { Snapshots = 2 }),
            "vhd of another size" => Candidate.Of(Candidate.File(linux, "VHD", traits: new DiskTraits { CoveredBytes = (40L << 30) + 512 })),
            "too large" => Candidate.Of(Candidate.File(linux, gib: 2048.5)),
            "no byte" => Candidate.Of(Candidate.File(linux, gib: 0)),
            "medium" => Candidate.Of(linux with { IsInstallationMedium = true }),
            "no table" => Candidate.Of(linux with { Scheme = PartitionScheme.None, Partitions = [] }),
            "no table but ext4" => Candidate.Of(linux with { Scheme = PartitionScheme.None, Partitions = [root with { Number = 0 }] }),
            "empty table" => Candidate.Of(linux with { Partitions = [] }),
            "damaged table" => Candidate.Of(linux with { TableRemarks = ["The two copies differ."] }),
            "large sectors" => Candidate.Of(linux with { SectorSize = 4096 }),
            "large sectors under an MBR" => Candidate.Of(linux with { Scheme = PartitionScheme.Mbr, SectorSize = 4096 }),
            "large sectors of a data disk" => Candidate.Of(linux with { SectorSize = 4096 }) with { IsDataDisk = true },
            "piece" => Traits(new DiskTraits { IsPiece = true }),
            "in use" => Root(root with { Features = ["needs_recovery"] }),
            "boots nowhere" => Candidate.Of(linux with { CanBootBios = false, CanBootUefi = false, Layout = (false, false) }),
            "BIOS only" => Candidate.Of(linux with { CanBootUefi = false }) with { SaidBootMode = "UEFI-Preferred" },
            "UEFI only" => Candidate.Of(linux with { CanBootBios = false }) with { SaidBootMode = "UEFI-Preferred" },
            "BIOS said, UEFI there" => Candidate.Of(linux with { CanBootBios = false }) with { SaidBootMode = "BIOS" },
            "UEFI said, BIOS there" => Candidate.Of(linux with { CanBootUefi = false }) with { SaidBootMode = "UEFI" },
            "laid out, no loader" => Candidate.Of(linux with { CanBootBios = false, CanBootUefi = false }),
            "no fallback loader" => Candidate.Of(linux with { EfiLoaders = [linux.EfiLoaders[1]] }),
            "no fallback loader, no BIOS" => Candidate.Of(linux with { EfiLoaders = [linux.EfiLoaders[1]], CanBootBios = false }),
            "loader for ARM" => Candidate.Of(linux with { EfiLoaders = [new EfiLoader("EFI/BOOT/BOOTX64.EFI", "arm64")] }),
            "unknown system" => Candidate.Of(linux with { HasLinux = false }),
            "two systems" => Candidate.Of(linux with { HasWindows = true }),
            "no platform" => Candidate.Of(linux with { Platform = null, OSName = "Void Linux" }),
            "unknown architecture" => Candidate.Of(linux with { Architecture = null }),
            "said to be ARM" => Candidate.Of(linux) with { SaidArchitecture = "arm64" },
            "32-bit" => Candidate.Of(linux with { Architecture = "i386" }),
            "CentOS 6" => Candidate.Of(linux with { OSName = "CentOS release 6.10 (Final)", OSVersion = "6.10", Platform = "CentOS", OSId = "centos" }),
            "two roots" => Candidate.Of(linux with { LinuxRoots = 2 }),
            "root unread" => Candidate.Of(linux with { LinuxRoots = 0, Kernels = [], HasCloudInit = null, Fstab = [] }),
            "no virtio" => Kernel(kernel with { VirtioBlk = DriverState.Absent }),
            "modules, no initramfs" => Kernel(kernel with { VirtioBlk = DriverState.Module, HasInitramfs = false }),
            "modules, no initramfs, Rocky" => Candidate.Of(linux with { OSId = "rocky", Kernels = [kernel with { VirtioBlk = DriverState.Module, HasInitramfs = false }] }),
            "modules" => Kernel(kernel with { VirtioBlk = DriverState.Module }),
            "no NVMe driver" => Kernel(kernel with { Nvme = DriverState.Absent }),
            "no cloud-init" => Candidate.Of(linux with { HasCloudInit = false }),
            "old kernel on ARM" => Candidate.Of(linux with { Architecture = "arm64", Kernels = [kernel with { Version = "4.4.0-1" }] }),
            "old kernel on CentOS" => Candidate.Of(linux with { Platform = "CentOS", OSId = "centos", Kernels = [kernel with { Version = "3.10.0-693.el7.x86_64" }] }),
            "fstab by sda1" => Candidate.Of(linux with { Fstab = [new FstabEntry("/dev/sda1", "/", "ext4", "defaults")] }),
            "fstab by vda1" => Candidate.Of(linux with { Fstab = [new FstabEntry("/dev/vda1", "/", "ext4", "defaults"), new FstabEntry("/dev/sdb1", "/data", "ext4", "nofail")] }),
            "fstab by id of a disk" => Fstab("/dev/disk/by-id/ata-QEMU_HARDDISK_QM00001-part1", "/", "ext4"),
            "fstab by path" => Fstab("/dev/disk/by-path/pci-0000:00:05.0-part1", "/", "ext4"),
            "swap by sda2" => Fstab("/dev/sda2", "none", "swap"),
            "swap of another disk" => Fstab("UUID=99999999-0000-0000-0000-000000000000", "none", "swap"),
            "fstab of another disk" => Candidate.Of(linux with { Fstab = [new FstabEntry("UUID=99999999-0000-0000-0000-000000000000", "/data", "ext4", "defaults")] }),
            "fstab into LVM" => Candidate.Of(linux with { Partitions = [.. linux.Partitions, Spare with { FileSystem = FileSystemKind.Lvm2 }], Fstab = [new FstabEntry("UUID=99999999-0000-0000-0000-000000000000", "/data", "ext4", "defaults")] }),
            "Btrfs" => Root(root with { FileSystem = FileSystemKind.Btrfs }),
            "64bit" => Root(root with { Features = ["64bit"] }),
            "quota and project" => Root(root with { Features = ["quota", "project"] }),
            "LVM" => Candidate.Of(linux with { Partitions = [.. linux.Partitions, Spare with { FileSystem = FileSystemKind.Lvm2 }] }),
            "LUKS beside" => Candidate.Of(linux with { Partitions = [.. linux.Partitions, Spare with { FileSystem = FileSystemKind.Luks }] }),
            "LUKS root" => Candidate.Of(linux with { LinuxRoots = 0, Partitions = [Candidate.Esp, root with { FileSystem = FileSystemKind.Luks }] }),
            "BitLocker" => Candidate.Of(Candidate.Windows with { Partitions = [Candidate.Esp, root with { FileSystem = FileSystemKind.BitLocker }] }),
            "LUKS on a data disk" => Candidate.Of(linux with { Partitions = [root with { FileSystem = FileSystemKind.Luks }] }) with { IsDataDisk = true },
            "Windows" => Candidate.Of(Candidate.Windows),
            "small Windows" => Candidate.Of(Candidate.File(Candidate.Windows, gib: 32)),
            "large Windows" => Candidate.Of(Candidate.File(Candidate.Windows, gib: 600)),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        FileCandidate Fstab(string device, string place, string kind) => Candidate.Of(linux with { Fstab = [new FstabEntry(device, place, kind, "defaults")] });

        FileCandidate Traits(DiskTraits traits) => Candidate.Of(Candidate.File(linux, traits: traits));

        FileCandidate Root(InspectedPartition other) => Candidate.Of(linux with { Partitions = [Candidate.Esp, other] });

        FileCandidate Kernel(InspectedKernel other) => Candidate.Of(linux with { Kernels = [other] });
    }
}
