using EcsImages.Core.Disks.Inspection.Systems;
using EcsImages.Core.Disks.Inspection.Volumes;
using EcsImages.Core.Disks.Inspection.Volumes.Ext;
using EcsImages.Core.Disks.Inspection.Volumes.Fat;
using EcsImages.Core.Disks.Inspection.Volumes.Xfs;

namespace EcsImages.Core.Disks.Inspection;

/// <summary>The volumes of a disk whose files can be read, and the systems on them.</summary>
/// <param name="remarks">Gets what is odd or damaged.</param>
internal sealed class InspectedVolumes(List<string> remarks)
{
    private readonly List<(InspectedPartition Partition, IVolume Volume)> _volumes = [];

    public async ValueTask AddAsync(InspectedPartition partition, DiskView view, CancellationToken stop)
    {
        try
        {
            if (partition.FileSystem.IsExt()) _volumes.Add((partition, await ExtVolume.OpenAsync(view, stop).ConfigureAwait(false)));
            else if (partition.FileSystem is FileSystemKind.Xfs) _volumes.Add((partition, await XfsVolume.OpenAsync(view, stop).ConfigureAwait(false)));
            else if (partition.FileSystem.IsFat()) _volumes.Add((partition, await FatVolume.OpenAsync(view, stop).ConfigureAwait(false)));
        }
        catch (DamagedVolumeException e)
        {
            remarks.Add($"The files of {partition.Called} cannot be read: {e.Message}.");
        }
    }

    /// <summary>What the EFI system partitions hold; there may be several.</summary>
    public async ValueTask<EfiReading> EfiAsync(CancellationToken stop)
    {
        var (loaders, vendors) = (new List<EfiLoader>(), new List<string>());
        foreach (var (partition, volume) in _volumes.Where(static v => v.Partition.IsEfiSystem))
        {
            var tree = new FileTree(volume, partition.Called);
            var found = await EfiReading.ReadAsync(tree, stop).ConfigureAwait(false);
            loaders.AddRange(found.Loaders);
            vendors.AddRange(found.Vendors);
            remarks.AddRange(tree.Damages);
        }
        return new EfiReading(loaders, vendors);
    }

    /// <summary>The Linux on them, and how many roots there are; where there is none, the kernels of a boot volume.</summary>
    public async ValueTask<(LinuxReading Linux, int Roots)> LinuxAsync(CancellationToken stop)
    {
        var roots = new List<(FileTree Tree, IReadOnlyList<FstabEntry> Fstab)>();
        foreach (var (partition, volume) in _volumes.Where(static v => v.Partition.FileSystem.IsReadableRoot()))
        {
            var tree = new FileTree(volume, partition.Called);
            var fstab = await LinuxReading.FstabAsync(tree, stop).ConfigureAwait(false);
            if (await OSRelease.ReadAsync(tree, stop).ConfigureAwait(false) is not null || fstab.Count > 0) roots.Add((tree, fstab));
            else remarks.AddRange(tree.Damages);
        }
        if (roots is not [var (root, mounts), ..]) return (new LinuxReading { Kernels = await KernelsOfBootAsync(stop).ConfigureAwait(false) }, 0);
        await MountAsync(root, mounts, stop).ConfigureAwait(false);
        var linux = await LinuxReading.ReadAsync(root, mounts, stop).ConfigureAwait(false);
        foreach (var (tree, _) in roots) remarks.AddRange(tree.Damages);
        return (linux, roots.Count);
    }

    private async ValueTask MountAsync(FileTree root, IReadOnlyList<FstabEntry> fstab, CancellationToken stop)
    {
        foreach (var entry in fstab.Where(static e => e.MountPoint.StartsWith('/') && e.MountPoint.Length > 1))
            if (_volumes.FirstOrDefault(v => entry.Means(v.Partition)) is { Volume: { } volume, Partition: var partition }) root.Mount(entry.MountPoint, volume, partition.Called);
        if ((await root.NamesAsync("/boot", stop).ConfigureAwait(false)).Any(KernelReading.IsKernel)) return;
        if (await BootAsync(stop).ConfigureAwait(false) is { Volume: { } boot } found) root.Mount("/boot", boot, found.Name);
    }

    private async ValueTask<IReadOnlyList<InspectedKernel>> KernelsOfBootAsync(CancellationToken stop)
    {
        if (await BootAsync(stop).ConfigureAwait(false) is not { Volume: { } boot } found) return [];
        return await KernelReading.ReadAsync(new FileTree(boot, found.Name), "", stop).ConfigureAwait(false);
    }

    // One with kernels at its root.
    private async ValueTask<(IVolume? Volume, string Name)> BootAsync(CancellationToken stop)
    {
        foreach (var (partition, volume) in _volumes)
            if ((await new FileTree(volume, partition.Called).NamesAsync("/", stop).ConfigureAwait(false)).Any(KernelReading.IsKernel)) return (volume, partition.Called);
        return (null, "");
    }
}
