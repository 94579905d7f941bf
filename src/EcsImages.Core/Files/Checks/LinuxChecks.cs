using System.Globalization;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Files.Checks;

/// <summary>Whether the Linux on the disk finds its disk and network on ECS, and what cloud-init needs.</summary>
internal static class LinuxChecks
{
    private const string Guide = "Instructions for importing Linux images";

    private static readonly Check
        RootCheck = new("RootReadable", Warns, Guide),
        VirtioCheck = new("VirtioDrivers", Blocks, Guide),
        InitramfsCheck = new("Initramfs", Blocks, Guide),
        NvmeCheck = new("NvmeDriver", Informs, "ModifyImageAttribute, Features.NvmeSupport"),
        CloudInitCheck = new("CloudInit", Warns, Guide),
        KernelCheck = new("KernelVersion", Warns, Guide);

    // Platforms whose images are set up through QEMU's firmware interface, which kernels have since these.
    private static readonly HashSet<string> FirmwarePlatforms = ["CentOS Stream", "Anolis", "AlmaLinux", "Rocky Linux", "UOS", "Kylin"];
    private static readonly int[] LeastKernel = [4, 6], LeastCentOSKernel = [3, 10, 0, 826];

    public static EcsCompatibilityRule Root(FileCandidate candidate)
    {
        if (candidate.Disk.IsRootRead) return RootCheck.Well($"The files of {candidate.Disk.OSName ?? "the system"} could be read.");
        var kinds = string.Join(", ", candidate.Disk.Partitions.Where(static p => p.FileSystem.IsOfLinux() && p.FileSystem is not FileSystemKind.Swap)
            .Select(static p => $"{p.FileSystem.Name()} on {p.Called}"));
        return RootCheck.Unsure(Warns,
            $"No root of a Linux was found where it can be read ({(kinds.Length > 0 ? kinds : "no file system of Linux")}), so drivers, fstab and cloud-init could not be checked.",
            "In the machine: lsinitrd | grep -E 'virtio|nvme'; cloud-init --version; cat /etc/fstab");
    }

    public static EcsCompatibilityRule Virtio(FileCandidate candidate)
    {
        if (candidate.Kernel is not { } kernel) return VirtioCheck.Unsure(Informs, "No kernel was found, so its drivers are not known.");
        if (kernel.VirtioBlk is DriverState.Unknown || kernel.VirtioNet is DriverState.Unknown) return VirtioCheck.Unsure(Informs, $"Which drivers kernel {kernel.Version} has could not be read.");
        var absent = new List<string>();
        if (kernel.VirtioBlk is DriverState.Absent) absent.Add("virtio_blk (disks)");
        if (kernel.VirtioNet is DriverState.Absent) absent.Add("virtio_net (network)");
        return absent.Count > 0
            ? VirtioCheck.Bad($"Kernel {kernel.Version} has no {string.Join(" and no ", absent)}: an instance does not find what it needs.",
                $"{Commands.Kernel(candidate.Disk.OSId)} # a kernel of the distribution, with virtio")
            : VirtioCheck.Well($"Kernel {kernel.Version} has virtio_blk ({Word(kernel.VirtioBlk)}) and virtio_net ({Word(kernel.VirtioNet)}).");
    }

    public static EcsCompatibilityRule Initramfs(FileCandidate candidate)
    {
        if (candidate.Kernel is not { } kernel || kernel.HasInitramfs is null) return InitramfsCheck.Unsure(Informs, "Whether the kernel has an initramfs could not be told.");
        if (kernel.VirtioBlk is DriverState.BuiltIn) return InitramfsCheck.Well($"Kernel {kernel.Version} finds its disk by a driver that is built in.");
        return kernel.HasInitramfs is true
            ? InitramfsCheck.Unsure(Informs, $"Kernel {kernel.Version} loads virtio_blk from its initramfs, which is not looked into. One that was made for other hardware may lack it.",
                Commands.Drivers(candidate.Disk.OSId))
            : InitramfsCheck.Bad($"Kernel {kernel.Version} has virtio_blk as a module, but no initramfs to load it from.", Commands.Drivers(candidate.Disk.OSId));
    }

    public static EcsCompatibilityRule Nvme(FileCandidate candidate) => candidate.Kernel switch
    {
        null or { Nvme: DriverState.Unknown } => NvmeCheck.Unsure(Informs, "Whether the kernel has the NVMe driver could not be told."),
        { Nvme: DriverState.Absent } kernel => NvmeCheck.Bad($"Kernel {kernel.Version} has no NVMe driver: types whose disks attach as NVMe do not start it.",
            Commands.Kernel(candidate.Disk.OSId)),
        var kernel => NvmeCheck.Well($"Kernel {kernel.Version} has the NVMe driver ({Word(kernel.Nvme)})."),
    };

    public static EcsCompatibilityRule CloudInit(FileCandidate candidate) => candidate.Disk.HasCloudInit switch
    {
        null => CloudInitCheck.Unsure(Informs, "Whether cloud-init is installed could not be told."),
        true => CloudInitCheck.Well("cloud-init is installed."),
        false => CloudInitCheck.Bad("cloud-init is not installed: instances get no host name, password, key or grown file system.", Commands.CloudInit(candidate.Disk.OSId)),
    };

    public static EcsCompatibilityRule? Kernel(FileCandidate candidate)
    {
        if (candidate.Kernel is not { } kernel) return null;
        var isCentOS = candidate.Disk.Platform == "CentOS";
        if (!isCentOS && candidate.Architecture != Architectures.Arm64 && (candidate.Disk.Platform is not { } platform || !FirmwarePlatforms.Contains(platform))) return null;
        var least = isCentOS ? LeastCentOSKernel : LeastKernel;
        return IsNewer(kernel.Version, least) ? KernelCheck.Well($"Kernel {kernel.Version} is newer than {Text(least)}.")
            : KernelCheck.Bad($"Kernel {kernel.Version} is not newer than {Text(least)}, which setting up instances of this system needs.", Commands.Kernel(candidate.Disk.OSId));
    }

    private static bool IsNewer(string version, int[] least)
    {
        var numbers = version.Split('.', '-', '_').TakeWhile(static w => w.Length is > 0 and < 9 && w.All(char.IsAsciiDigit))
            .Select(static w => int.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        for (var i = 0; i < Math.Min(numbers.Length, least.Length); i++)
            if (numbers[i] != least[i]) return numbers[i] > least[i];
        return numbers.Length > least.Length;
    }

    private static string Text(int[] version) => version.Length > 3 ? $"{string.Join('.', version[..3])}-{version[3]}" : string.Join('.', version);

    private static string Word(DriverState state) => state is DriverState.BuiltIn ? "built in" : "as a module";
}
