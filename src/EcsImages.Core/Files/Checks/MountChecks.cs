using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Files.Checks;

/// <summary>Whether what the system mounts will be there.</summary>
internal static class MountChecks
{
    private const string Guide = "Instructions for importing Linux images";
    private static readonly string[] ById = ["UUID", "LABEL", "PARTUUID", "PARTLABEL"];

    private static readonly Check
        DeviceCheck = new("FstabDevices", Warns, Guide),
        MissingCheck = new("FstabMounts", Warns, Guide),
        RootCheck = new("OneRoot", Warns, Guide),
        FileSystemCheck = new("RootFileSystem", Warns, Guide),
        FeatureCheck = new("Ext4Features", Informs, Guide),
        LvmCheck = new("Lvm", Warns, Guide);

    public static EcsCompatibilityRule? Devices(FileCandidate candidate)
    {
        if (!candidate.Disk.IsRootRead) return null;
        var named = candidate.Disk.Fstab.Where(static f => f.NamesDevice && !f.IsOptional).ToList();
        if (named.Count == 0) return DeviceCheck.Well("/etc/fstab names no device by its place.");
        // The names that an instance without NVMe gives to its disks; and swap, without which it starts.
        var severity = named.TrueForAll(static f => f.IsSwap || f.Device.StartsWith("/dev/vd", StringComparison.Ordinal)) ? Warns : Blocks;
        return DeviceCheck.Bad(severity, $"/etc/fstab mounts {string.Join(", ", named.Select(Mount))}; on ECS a disk is /dev/vda or /dev/nvme0n1, with another id and at another place.",
            $"In the machine: blkid, then write UUID=… in place of {named[0].Device} in /etc/fstab, and run mount -a");
    }

    public static EcsCompatibilityRule? Missing(FileCandidate candidate)
    {
        if (!candidate.Disk.IsRootRead || candidate.Disk.Fstab.Count == 0) return null;
        var missing = candidate.Disk.Fstab.Where(f => !f.IsOptional && IsById(f) && !candidate.Disk.Partitions.Any(f.Means)).ToList();
        if (missing.Count == 0) return MissingCheck.Well("What /etc/fstab mounts by its id is on the disk.");
        var reason = $"/etc/fstab mounts {string.Join(", ", missing.Select(Mount))}, which is not on this disk";
        // Within LVM, RAID and what is encrypted nobody looked.
        return candidate.Disk.Partitions.Any(static p => p.FileSystem is FileSystemKind.Lvm2 or FileSystemKind.MdRaid or FileSystemKind.Luks)
            ? MissingCheck.Unsure(Informs, $"{reason}, or lies in what could not be looked into.") : MissingCheck.Bad($"{reason}: the system waits for it, and {(missing.TrueForAll(static f => f.IsSwap) ? "goes on without" : "stops")}.",
                "Add nofail to its options in /etc/fstab, or take the line out.");
    }

    public static EcsCompatibilityRule Root(FileCandidate candidate)
    {
        if (candidate.Disk is { HasWindows: true, HasLinux: true }) return RootCheck.Bad("Windows and Linux are both on the disk; an image has one system, and the other will not be set up.",
            "Give the system to be imported a disk of its own.");
        return candidate.Disk.LinuxRoots > 1 ? RootCheck.Bad($"{candidate.Disk.LinuxRoots} partitions hold the root of a Linux; an image has one system.",
            "Remove the others, or give the system a disk of its own.")
            : RootCheck.Well("The disk has one system.");
    }

    public static EcsCompatibilityRule? FileSystem(FileCandidate candidate)
    {
        var others = candidate.Disk.Partitions.Where(static p => p.FileSystem is FileSystemKind.Btrfs or FileSystemKind.Zfs or FileSystemKind.Ufs or FileSystemKind.MdRaid).ToList();
        return others.Count == 0 ? FileSystemCheck.Well("The file systems are among those that the service sets up.")
            : FileSystemCheck.Bad($"{string.Join(", ", others.Select(static p => $"{p.Called} holds {p.FileSystem.Name()}"))}; the service sets up ext3, ext4 and XFS.",
                "Import it with -Platform 'Others Linux', which leaves the system as it is.");
    }

    public static EcsCompatibilityRule? Features(FileCandidate candidate)
    {
        var ext = candidate.Disk.Partitions.Where(static p => p.FileSystem is FileSystemKind.Ext4).ToList();
        if (ext.Count == 0) return null;
        if (ext.Find(static p => p.Features.Contains("quota") && p.Features.Contains("project")) is { } both)
            return FeatureCheck.Bad(Warns, $"The ext4 on {both.Called} has the features quota and project together, which the service does not set up.",
                "On the unmounted file system: tune2fs -O ^project,^quota");
        return ext.Find(static p => p.Features.Contains("64bit")) is { } large
            ? FeatureCheck.Bad($"The ext4 on {large.Called} has the feature 64bit, which the service's guide advises against; kernels of today start with it.",
                "If the import fails on it, on the unmounted file system: resize2fs -s")
            : FeatureCheck.Well("No ext4 has features that the service advises against.");
    }

    public static EcsCompatibilityRule Lvm(FileCandidate candidate)
    {
        var volumes = candidate.Disk.Partitions.Where(static p => p.FileSystem is FileSystemKind.Lvm2).Select(static p => p.Called).ToList();
        return volumes.Count == 0 ? LvmCheck.Well("Nothing lies in LVM.")
            : LvmCheck.Bad($"{string.Join(" and ", volumes)} belongs to LVM. A system in LVM starts, if its initramfs has the drivers, but its file system does not grow with the disk.",
                "In the machine: dracut -f --add lvm, and grow it later with pvresize, lvextend -r");
    }

    private static string Mount(FstabEntry entry) => entry.IsSwap ? $"{entry.Device} as swap" : $"{entry.Device} on {entry.MountPoint}";

    private static bool IsById(FstabEntry entry) => entry.Device.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && ById.Contains(entry.Device[..at]);
}
