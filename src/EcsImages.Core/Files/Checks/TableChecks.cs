using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Files.Checks;

/// <summary>Whether the disk is divided as a machine expects.</summary>
internal static class TableChecks
{
    private const int ServiceSector = 512;

    private static readonly Check
        MediumCheck = new("InstallationMedium", Blocks, "ImportImage: image formats"),
        PresentCheck = new("PartitionTable", Blocks, "Instance boot modes"),
        SoundCheck = new("PartitionTableSound", Warns, "UEFI specification, 5.3"),
        SectorCheck = new("SectorSize", Blocks, "UEFI specification, 5.3"),
        UnmountedCheck = new("Unmounted", Warns, "ext4 superblock, needs_recovery");

    public static EcsCompatibilityRule Medium(FileCandidate candidate) => !candidate.Disk.IsInstallationMedium ? MediumCheck.Well("It is no installation medium.")
        : MediumCheck.Bad("It is an installation medium (ISO 9660), not the disk of a system that is installed.",
            "Install the system into a virtual machine, for one with QEMU/KVM, and import the disk of that.");

    public static EcsCompatibilityRule Present(FileCandidate candidate) => candidate.Disk.Scheme switch
    {
        PartitionScheme.None when candidate.Disk.Partitions is [var whole, ..] =>
            PresentCheck.Bad($"The disk has no partition table; {whole.FileSystem.Name()} begins at its first byte, and nothing boots from that.",
                "If it holds data only: Test-EcsImageFile " + candidate.Argument + " -DataDisk"),
        PartitionScheme.None => PresentCheck.Bad("The disk has no partition table, and no file system that is known.", null),
        _ when candidate.Disk.Partitions.Count == 0 => PresentCheck.Bad("The partition table has no partitions.", null),
        var scheme => PresentCheck.Well($"The disk has {candidate.Disk.Partitions.Count} partitions ({scheme.ToString().ToUpperInvariant()})."),
    };

    public static EcsCompatibilityRule Sound(FileCandidate candidate) => candidate.Disk.TableRemarks is { Count: > 0 } remarks
        ? SoundCheck.Bad(string.Join(' ', remarks), $"On a raw copy of the disk: sgdisk -v {candidate.Argument}") : SoundCheck.Well("The partition table is whole.");

    public static EcsCompatibilityRule? Sectors(FileCandidate candidate) => candidate.Disk.Scheme is PartitionScheme.None ? null
        : candidate.Disk.SectorSize == ServiceSector ? SectorCheck.Well($"The partition table counts in sectors of {ServiceSector} bytes.")
        : SectorCheck.Bad(candidate.IsDataDisk ? Warns : Blocks,
            $"The partition table counts in sectors of {candidate.Disk.SectorSize} bytes; an instance, whose disks have sectors of {ServiceSector} bytes, does not find the partitions.",
            "Copy the partitions to a disk with sectors of 512 bytes.");

    public static EcsCompatibilityRule? Unmounted(FileCandidate candidate)
    {
        if (!candidate.Disk.Partitions.Any(static p => p.FileSystem.IsExt())) return null;
        var open = candidate.Disk.Partitions.Where(static p => p.Features.Contains("needs_recovery")).Select(static p => p.Called).ToList();
        return open.Count == 0 ? UnmountedCheck.Well("The file systems were unmounted before the disk was copied.")
            : UnmountedCheck.Bad($"The file system on {string.Join(" and ", open)} was in use when the disk was copied; what was written last may be missing.",
                "Shut the machine down, and copy its disk again.");
    }
}
