using EcsImages.Core.Disks;
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

    /// <summary>What is worth knowing about the file, such as that it was not closed cleanly.</summary>
    public required string[] Remarks { get; init; }

    internal static async Task<EcsImageFile> DescribeAsync(DiskFile file, CancellationToken stop)
    {
        long stored = 0;
        for (long at = 0; at < file.Disk.Length;)
        {
            var range = await file.Disk.RangeAtAsync(at, stop).ConfigureAwait(false);
            if (!range.IsZero) stored += range.Length;
            at = range.End;
        }
        return new EcsImageFile
        {
            Path = file.FullPath,
            Format = file.Disk.Format.Name(),
            Package = file.Package switch { PackageKind.Gzip => "gzip", PackageKind.Tar => "tar", PackageKind.TarGzip => "tar.gz", _ => "" },
            SizeBytes = file.Disk.Length,
            FileBytes = file.Size,
            StoredBytes = stored,
            Remarks = [.. file.Disk.Remarks],
        };
    }
}
