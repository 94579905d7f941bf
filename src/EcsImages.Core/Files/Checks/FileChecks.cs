using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Files.Checks;

/// <summary>Judges a disk-image file by all checks. Pure: what it is handed decides.</summary>
internal static class FileChecks
{
    private static readonly Func<FileCandidate, EcsCompatibilityRule?>[] OfAnyDisk =
    [
        FormatChecks.Format, FormatChecks.OneFile, FormatChecks.Integrity, FormatChecks.Snapshots, FormatChecks.VhdSize, FormatChecks.Size,
        TableChecks.Medium, TableChecks.Sound, TableChecks.Sectors, TableChecks.Unmounted, SystemChecks.Encryption,
    ];

    private static readonly Func<FileCandidate, EcsCompatibilityRule?>[] OfSystemDisk =
    [
        TableChecks.Present, BootChecks.Loader, BootChecks.Fallback,
        SystemChecks.System, SystemChecks.Platform, SystemChecks.Architecture, SystemChecks.EndOfLife, MountChecks.Root,
    ];

    private static readonly Func<FileCandidate, EcsCompatibilityRule?>[] OfLinux =
    [
        LinuxChecks.Root, LinuxChecks.Virtio, LinuxChecks.Initramfs, LinuxChecks.Nvme, LinuxChecks.CloudInit, LinuxChecks.Kernel,
        MountChecks.Devices, MountChecks.Missing, MountChecks.FileSystem, MountChecks.Features, MountChecks.Lvm,
    ];

    private static readonly Func<FileCandidate, EcsCompatibilityRule?>[] OfWindows = [SystemChecks.WindowsSize, SystemChecks.WindowsDrivers];

    public static EcsImageFileTest Judge(FileCandidate candidate)
    {
        var checks = candidate.IsDataDisk ? OfAnyDisk : [.. OfAnyDisk, .. OfSystemDisk, .. candidate.Disk.HasLinux ? OfLinux : [], .. candidate.IsWindows ? OfWindows : []];
        EcsCompatibilityRule[] findings = [.. checks.Select(check => check(candidate)).OfType<EcsCompatibilityRule>(), .. candidate.IsDataDisk ? [] : TypeChecks.Judge(candidate)];
        return new EcsImageFileTest
        {
            Path = candidate.File.Path,
            Verdict = CompatibilityRules.VerdictOf(findings),
            IsDataDisk = candidate.IsDataDisk,
            OSName = candidate.Disk.OSName,
            Architecture = candidate.Architecture,
            BootMode = candidate.BootMode,
            InstanceType = candidate.Type?.InstanceType,
            Findings = findings,
        };
    }
}
