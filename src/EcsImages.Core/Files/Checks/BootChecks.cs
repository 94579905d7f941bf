using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Files.Checks;

/// <summary>Whether firmware finds something to start.</summary>
internal static class BootChecks
{
    private static readonly Check
        LoaderCheck = new("BootLoader", Blocks, "Instance boot modes; ImportImage, BootMode"),
        FallbackCheck = new("EfiFallbackLoader", Blocks, "UEFI specification, 3.5.1.1: removable media boot behavior");

    public static EcsCompatibilityRule Loader(FileCandidate candidate)
    {
        var disk = candidate.Disk;
        return candidate.BootMode switch
        {
            null => LoaderCheck.Bad("Nothing on the disk boots: it has neither an EFI system partition nor an active partition.", Install(candidate)),
            "BIOS" when disk.CanBootBios => LoaderCheck.Well("A BIOS finds a boot loader."),
            "BIOS" => LoaderCheck.Bad($"It is to boot by BIOS, but {WhyNoBios(disk)}.{(disk.CanBootUefi ? " It can boot by UEFI." : "")}", disk.CanBootUefi ? "Import it with -BootMode UEFI." : Install(candidate)),
            "UEFI" when disk.CanBootUefi => LoaderCheck.Well("UEFI firmware finds a boot loader."),
            "UEFI" => LoaderCheck.Bad($"It is to boot by UEFI, but {WhyNoUefi(disk)}.{(disk.CanBootBios && candidate.Architecture != Architectures.Arm64 ? " It can boot by BIOS." : "")}",
                disk.CanBootBios && candidate.Architecture != Architectures.Arm64 ? "Import it with -BootMode BIOS." : Install(candidate)),
            _ => (disk.CanBootBios, disk.CanBootUefi) switch
            {
                (true, true) => LoaderCheck.Well("BIOS and UEFI firmware each find a boot loader."),
                (true, false) => LoaderCheck.Bad(Warns, $"It boots by BIOS only: {WhyNoUefi(disk)}.", "Import it with -BootMode BIOS."),
                (false, true) => LoaderCheck.Bad(Warns, $"It boots by UEFI only: {WhyNoBios(disk)}.", "Import it with -BootMode UEFI."),
                _ => LoaderCheck.Bad($"It is laid out for BIOS and UEFI, but {WhyNoBios(disk)}, and {WhyNoUefi(disk)}.", Install(candidate)),
            },
        };
    }

    // A new instance has no memory of boot entries: only the name that the specification gives is tried.
    public static EcsCompatibilityRule? Fallback(FileCandidate candidate)
    {
        if (candidate.BootMode is not ("UEFI" or "UEFI-Preferred") || !candidate.Disk.CanBootUefi) return null;
        var name = candidate.Architecture switch { Architectures.Arm64 => "BOOTAA64.EFI", Architectures.X86 => "BOOTIA32.EFI", _ => "BOOTX64.EFI" };
        var loader = candidate.Disk.EfiLoaders.FirstOrDefault(l => l.Path.Equals($"EFI/BOOT/{name}", StringComparison.OrdinalIgnoreCase));
        if (loader?.Architecture is { } made && candidate.Architecture is { } needed && made != needed) return FallbackCheck.Bad($"{loader.Path} is made for {made}, and the system for {needed}.",
            Install(candidate));
        if (loader is not null) return FallbackCheck.Well($"{loader.Path} is what a new instance starts.");
        var other = candidate.Disk.EfiLoaders.FirstOrDefault(static l => l.Path.Contains("shim", StringComparison.OrdinalIgnoreCase)) ?? candidate.Disk.EfiLoaders[0];
        // A file name must not become a command in somebody's shell.
        var path = other.Path.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? other.Path : "EFI/VENDOR/shimx64.efi";
        return FallbackCheck.Bad(candidate.Disk.CanBootBios ? Warns : Blocks,
            $"The EFI system partition has no EFI/BOOT/{name}. A new instance remembers no boot entries, and tries nothing else.",
            candidate.IsWindows ? "bcdboot C:\\Windows /s S: /f UEFI # with the EFI system partition as S:"
                : $"mkdir -p /boot/efi/EFI/BOOT && cp /boot/efi/{path} /boot/efi/EFI/BOOT/{name} # and what lies beside it");
    }

    private static string WhyNoBios(DiskInspection disk) => disk.Architecture == Architectures.Arm64 ? "an ARM system has none for BIOS"
        : !disk.Layout.Bios ? disk.Scheme is PartitionScheme.Gpt ? "the disk has no BIOS boot partition" : "no partition is active" : "its first sector has no boot code";

    private static string WhyNoUefi(DiskInspection disk) => disk.Layout.Uefi ? "no loader is on the EFI system partition" : "the disk has no EFI system partition with FAT on it";

    private static string Install(FileCandidate candidate) => candidate.IsWindows
        ? "bootrec /fixmbr, or bcdboot C:\\Windows, from the installation medium" : Commands.Loader(candidate.Disk.OSId, candidate.Architecture);
}
