using System.Globalization;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Files.Checks;

/// <summary>What system it is, and whether the service knows and its makers support it.</summary>
internal static class SystemChecks
{
    private const long GiB = 1L << 30;
    private const int LeastWindowsGiB = 40, MostWindowsGiB = 500;

    private static readonly Check
        SystemCheck = new("OperatingSystem", Warns, "ImportImage, OSType"),
        PlatformCheck = new("Platform", Informs, "ImportImage, Platform"),
        ArchitectureCheck = new("SystemArchitecture", Warns, "ImportImage, Architecture"),
        EncryptionCheck = new("Encryption", Blocks, "Instructions for importing images"),
        WindowsSizeCheck = new("WindowsDiskSize", Warns, "Instructions for importing Windows images"),
        WindowsDriverCheck = new("WindowsDrivers", Warns, "Instructions for importing Windows images");

    public static EcsCompatibilityRule System(FileCandidate candidate) => candidate.Disk switch
    {
        { OSType: "linux" } disk => SystemCheck.Well($"It is {disk.OSName ?? "a Linux"}."),
        { OSType: "windows" } => SystemCheck.Well("It is a Windows."),
        { HasLinux: true } => SystemCheck.Unsure(Warns, "Linux and Windows are both on the disk.", "Say which one is to start with -OSType of Import-EcsImage."),
        _ => SystemCheck.Unsure(Warns, "Neither a Linux nor a Windows was found on the disk.", "If there is one, say so with -OSType of Import-EcsImage."),
    };

    public static EcsCompatibilityRule? Platform(FileCandidate candidate) => candidate.IsWindows ? null
        : candidate.Disk.Platform is { } platform ? PlatformCheck.Well($"The service knows the system as {platform}.")
        : PlatformCheck.Bad(
            $"{(candidate.Disk.OSName is { } name ? $"The service has no name for {name}" : "Which distribution it is could not be told")}: imported as 'Others Linux', it is not set up.",
            "If it is a kin of a platform that the service knows, say so with -Platform of Import-EcsImage.");

    public static EcsCompatibilityRule Architecture(FileCandidate candidate) => candidate.Architecture switch
    {
        null => ArchitectureCheck.Unsure(Warns, "For which processor the system is made could not be told; without -Architecture it is imported for x86_64.",
            "Say it with -Architecture."),
        { } said when candidate.SaidArchitecture is not null && candidate.Disk.Architecture is { } found && found != said =>
            ArchitectureCheck.Bad(Blocks, $"It is said to be {said}, but its programs are made for {found}.", $"Leave -Architecture out, or say {found}."),
        Architectures.X86 => ArchitectureCheck.Bad(Informs, "It is a 32-bit system: it starts on types with less than 4 GiB of memory only.",
            "Get-EcsInstanceType -MaximumMemoryGiB 3.9"),
        { } architecture => ArchitectureCheck.Well($"It is made for {architecture}."),
    };

    public static EcsCompatibilityRule Encryption(FileCandidate candidate)
    {
        var encrypted = candidate.Disk.Partitions.Where(static p => p.FileSystem.IsEncrypted()).ToList();
        if (encrypted.Count == 0) return EncryptionCheck.Well("Nothing on the disk is encrypted.");
        var what = string.Join(", ", encrypted.Select(static p => $"{p.Called} with {p.FileSystem.Name()}"));
        // Where the root is readable, something else is encrypted; where it is not, it is the root, most likely.
        return EncryptionCheck.Bad(candidate.IsDataDisk ? Informs : candidate.Disk.IsRootRead ? Warns : Blocks,
            $"The disk is encrypted: {what}. {(candidate.IsDataDisk ? "Only who has the key can use it." : "Nobody is there to type the key when an instance starts.")}",
            encrypted[0].FileSystem is FileSystemKind.BitLocker ? "In the machine: manage-bde -off C:" : "Copy the system to a disk without LUKS; the service encrypts disks itself: Copy-EcsImage -Encrypted.");
    }

    public static EcsCompatibilityRule? EndOfLife(FileCandidate candidate)
    {
        if (candidate.Disk.OSName is null && candidate.Disk.Platform is null) return null;
        var tags = candidate.Disk.OSVersion is { } version ? new Dictionary<string, string> { ["acs:ecs:image:osVersion"] = version } : [];
        return EndOfLifeRule.Judge(TypeChecks.ImageOf(candidate) with { Tags = tags }, candidate.Today) with { Source = "Lifecycle pages of the operating systems" };
    }

    public static EcsCompatibilityRule? WindowsSize(FileCandidate candidate)
    {
        if (!candidate.IsWindows) return null;
        var size = string.Create(CultureInfo.InvariantCulture, $"{candidate.File.SizeGiB:0.###} GiB");
        return candidate.File.SizeBytes switch
        {
            < LeastWindowsGiB * GiB => WindowsSizeCheck.Bad($"The disk has {size}; a Windows needs a system disk of {LeastWindowsGiB} GiB at least.",
                $"Import it with a size of {LeastWindowsGiB} GiB."),
            > MostWindowsGiB * GiB => WindowsSizeCheck.Bad($"The disk has {size}; for a Windows the service takes up to {MostWindowsGiB} GiB.",
                "Make the volume smaller in Disk Management, then the disk: qemu-img resize --shrink"),
            _ => WindowsSizeCheck.Well($"The disk has {size}, between {LeastWindowsGiB} and {MostWindowsGiB} GiB."),
        };
    }

    public static EcsCompatibilityRule? WindowsDrivers(FileCandidate candidate) => !candidate.IsWindows ? null
        : WindowsDriverCheck.Unsure(Warns, "The files of a Windows are not read: whether it has the virtio drivers cannot be told. Without them it stops with INACCESSIBLE_BOOT_DEVICE.",
            "Before the copy, in the machine: install virtio-win (viostor, NetKVM), turn the qemu-guest-agent off, allow RDP in the firewall.");
}
