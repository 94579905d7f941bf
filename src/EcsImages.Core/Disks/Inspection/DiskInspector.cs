using EcsImages.Core.Disks.Inspection.Systems;
using EcsImages.Core.Disks.Inspection.Tables;
using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection;

/// <summary>Looks at what is on a disk: partitions, file systems, loaders, and the Linux in it. Nothing is mounted or run.</summary>
internal static class DiskInspector
{
    private const int MostRemarks = 50;

    /// <summary>Reads a few MiB of an ordinary disk, and 256 MiB of one that was made to have it read more.</summary>
    /// <exception cref="DiskFormatException">The disk-image file is damaged. What is damaged on the disk becomes a remark.</exception>
    public static async Task<DiskInspection> RunAsync(IDisk disk, CancellationToken stop)
    {
        var view = DiskView.Of(disk);
        var remarks = new List<string>();
        var table = await TableAsync(view, stop).ConfigureAwait(false);
        remarks.AddRange(table.Remarks);
        var volumes = new InspectedVolumes(remarks);
        var partitions = new List<InspectedPartition>();
        foreach (var partition in table.Scheme is PartitionScheme.None ? [Whole(view)] : table.Partitions)
        {
            var known = await KnownAsync(partition, view, remarks, stop).ConfigureAwait(false);
            // A disk without a table and without a file system has no partition, not even number 0.
            if (known is { Number: 0, FileSystem: FileSystemKind.Unknown }) continue;
            partitions.Add(known);
            if (known.IsWhole) await volumes.AddAsync(known, view.Part(known.Start, known.Length), stop).ConfigureAwait(false);
        }
        var efi = await volumes.EfiAsync(stop).ConfigureAwait(false);
        var (linux, roots) = await volumes.LinuxAsync(stop).ConfigureAwait(false);
        return Conclude(table, partitions, efi, linux, roots) with
        {
            IsInstallationMedium = await IsMediumAsync(view, stop).ConfigureAwait(false),
            Remarks = [.. remarks.Distinct(StringComparer.Ordinal).Take(MostRemarks)],
        };
    }

    private static DiskInspection Conclude(PartitionTable table, List<InspectedPartition> partitions, EfiReading efi, LinuxReading linux, int roots)
    {
        var isBiosLayout = table.Scheme is PartitionScheme.Mbr ? table.HasGrub || partitions.Exists(static p => p.IsActive) : partitions.Exists(static p => p.IsBiosBoot || p.IsActive);
        var isUefiLayout = partitions.Exists(static p => p.IsEfiSystem && p.FileSystem.IsFat());
        var architecture = linux.Architecture ?? linux.Kernels.Select(static k => k.Architecture).FirstOrDefault(static a => a is not null)
            ?? OfLoaders(efi.Loaders) ?? partitions.Select(static p => p.Architecture).FirstOrDefault(static a => a is not null);
        var release = linux.Release ?? OfVendors(efi.Vendors);
        return new DiskInspection
        {
            Scheme = table.Scheme,
            SectorSize = table.SectorSize,
            Partitions = partitions,
            Layout = (isBiosLayout, isUefiLayout),
            CanBootBios = isBiosLayout && table.HasBootCode && architecture is not Architectures.Arm64,
            CanBootUefi = isUefiLayout && efi.Loaders.Count > 0,
            HasLinux = roots > 0 || linux.Kernels.Count > 0 || partitions.Exists(static p => p.FileSystem.IsOfLinux() || p.Architecture is not null),
            HasWindows = efi.Loaders.Any(static l => l.Path.EndsWith("/bootmgfw.efi", StringComparison.OrdinalIgnoreCase))
                || partitions.Exists(static p => p.IsOfWindows || p.FileSystem is FileSystemKind.BitLocker || (p.IsActive && p.FileSystem is FileSystemKind.Ntfs)),
            LinuxRoots = roots,
            OSId = release?.Id is { Length: > 0 } id ? id : null,
            OSName = linux.Release?.Name,
            OSVersion = linux.Release?.Version is { Length: > 0 } version ? version : null,
            Platform = release is null || (linux.Release is null && release.Id == "centos") ? null : Platforms.Of(release),
            Architecture = architecture,
            Kernels = linux.Kernels,
            HasCloudInit = linux.HasCloudInit,
            Fstab = linux.Fstab,
            EfiLoaders = efi.Loaders,
            TableRemarks = table.Remarks,
        };
    }

    private static async ValueTask<PartitionTable> TableAsync(DiskView view, CancellationToken stop)
    {
        try
        {
            return await PartitionTable.ReadAsync(view, stop).ConfigureAwait(false);
        }
        catch (DamagedVolumeException e)
        {
            return new PartitionTable { Scheme = PartitionScheme.None, Remarks = [$"The partition table cannot be read: {e.Message}."] };
        }
    }

    private static InspectedPartition Whole(DiskView view) => new() { Number = 0, Start = 0, Length = view.Length, TypeName = "" };

    private static async ValueTask<InspectedPartition> KnownAsync(InspectedPartition partition, DiskView view, List<string> remarks, CancellationToken stop)
    {
        if (!partition.IsWhole || partition.IsExtended) return partition;
        try
        {
            var found = await VolumeSignatures.DetectAsync(view.Part(partition.Start, partition.Length), stop).ConfigureAwait(false);
            if (found.Features.Contains("needs_recovery"))
                remarks.Add($"The file system on {partition.Called} was not unmounted; what was written last may be in its journal only. Shut the machine down before its disk is copied.");
            return partition with { FileSystem = found.Kind, Label = found.Label, Uuid = found.Uuid, Features = found.Features };
        }
        catch (DamagedVolumeException e)
        {
            remarks.Add($"What {partition.Called} holds cannot be told: {e.Message}.");
            return partition;
        }
    }

    // Media that can also be written to a stick have a partition table before the ISO 9660.
    private static async ValueTask<bool> IsMediumAsync(DiskView view, CancellationToken stop)
    {
        const int At = 32769;
        try
        {
            return view.Length > At + 5 && (await view.ReadAsync(At, 5, stop).ConfigureAwait(false)).AsSpan().SequenceEqual("CD001"u8);
        }
        catch (DamagedVolumeException)
        {
            return false;
        }
    }

    // Loaders for 32 bits stand beside those for 64, for firmware that needs them; ARM and x86 together tell nothing.
    private static string? OfLoaders(IReadOnlyList<EfiLoader> loaders)
    {
        var said = loaders.Where(static l => l.Architecture is not null).Select(static l => l.Architecture!).ToHashSet(StringComparer.Ordinal);
        if (said.Count == 2 && said.Contains(Architectures.X64) && said.Contains(Architectures.X86)) return Architectures.X64;
        return said.Count == 1 ? said.First() : null;
    }

    // The name of a loader's folder says which system it is of, but not which version: CentOS has two names at the service.
    private static OSRelease? OfVendors(IReadOnlyList<string> vendors)
    {
        var ids = vendors.Select(Platforms.IdOfVendor).Where(static v => v is not null).Distinct(StringComparer.Ordinal).ToList();
        return ids is [{ } id] ? new OSRelease(id, "", "", "") : null;
    }
}
