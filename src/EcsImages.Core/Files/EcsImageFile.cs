using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Disks.Packages;

namespace EcsImages.Core.Files;

/// <summary>A disk-image file of this machine, and what it is.</summary>
public sealed record EcsImageFile
{
    /// <summary>The file, in full.</summary>
    public required string Path { get; init; }

    /// <summary>The file without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>RAW, QCOW2, VHD, VHDX, VMDK or VDI.</summary>
    public required string Format { get; init; }

    /// <summary>What is around the disk-image file: gzip, tar or tar.gz; empty where nothing is.</summary>
    public required string Package { get; init; }

    /// <summary>The size of the disk that a machine would see, in GiB.</summary>
    public double SizeGiB => Math.Round(SizeBytes / (double)(1L << 30), 3);

    /// <summary>The size of the disk that a machine would see, in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The size of the file, in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>How much of the disk is stored, and not known to be zeros, in bytes.</summary>
    public required long StoredBytes { get; init; }

    /// <summary>MBR, GPT or None.</summary>
    public string PartitionTable => Content.Scheme is PartitionScheme.None ? "None" : $"{Content.Scheme}".ToUpperInvariant();

    /// <summary>The partitions, in the order of their numbers.</summary>
    public EcsImageFilePartition[] Partitions => [.. Content.Partitions.Select(EcsImageFilePartition.Of)];

    /// <summary>BIOS, UEFI or UEFI-Preferred (both): by the loaders on the disk, or where there is none, by its layout; null where that cannot be told.</summary>
    public string? BootMode => Content.BootMode;

    /// <summary>linux or windows; null where neither or both are there.</summary>
    public string? OSType => Content.OSType;

    /// <summary>The operating system, such as Ubuntu 24.04.1 LTS; null where it could not be read.</summary>
    public string? OSName => Content.OSName;

    /// <summary>Its version, such as 24.04.</summary>
    public string? OSVersion => Content.OSVersion;

    /// <summary>The name that the service has for it at an import, such as Ubuntu.</summary>
    public string? Platform => Content.Platform;

    /// <summary>x86_64, arm64 or i386; null where that cannot be told.</summary>
    public string? Architecture => Content.Architecture;

    /// <summary>The installed Linux kernels, the newest first.</summary>
    public EcsImageFileKernel[] Kernels => [.. Content.Kernels.Select(EcsImageFileKernel.Of)];

    /// <summary>Whether cloud-init is installed; null where that cannot be told.</summary>
    public bool? HasCloudInit => Content.HasCloudInit;

    /// <summary>The paths of the loaders on the EFI system partition.</summary>
    public string[] EfiLoaders => [.. Content.EfiLoaders.Select(static l => l.Path)];

    /// <summary>What is worth knowing about the file and its disk, such as that it was not closed cleanly.</summary>
    public required string[] Remarks { get; init; }

    /// <summary>What was found on the disk.</summary>
    internal DiskInspection Content { get; init; } = new() { Scheme = PartitionScheme.None };

    internal DiskTraits Traits { get; init; } = DiskTraits.None;

    internal static async Task<EcsImageFile> DescribeAsync(DiskFile file, CancellationToken stop)
    {
        var content = await DiskInspector.RunAsync(file.Disk, stop).ConfigureAwait(false);
        return new EcsImageFile
        {
            Path = file.FullPath,
            Format = file.Disk.Format.Name(),
            Package = file.Package switch { PackageKind.Gzip => "gzip", PackageKind.Tar => "tar", PackageKind.TarGzip => "tar.gz", _ => "" },
            SizeBytes = file.Disk.Length,
            FileBytes = file.Size,
            StoredBytes = await StoredAsync(file.Disk, stop).ConfigureAwait(false),
            Remarks = [.. file.Disk.Remarks, .. content.Remarks],
            Content = content,
            Traits = file.Disk.Traits,
        };
    }

    /// <summary>How much of a disk is stored, and not known to be zeros, in bytes.</summary>
    internal static async Task<long> StoredAsync(IDisk disk, CancellationToken stop)
    {
        long stored = 0;
        for (long at = 0; at < disk.Length;)
        {
            var range = await disk.RangeAtAsync(at, stop).ConfigureAwait(false);
            if (!range.IsZero) stored += range.Length;
            at = range.End;
        }
        return stored;
    }
}
