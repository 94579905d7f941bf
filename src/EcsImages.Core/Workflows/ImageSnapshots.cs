using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>Finds the snapshots of an image's disks, and what else needs them.</summary>
internal sealed class ImageSnapshots(EcsAccess access)
{
    private readonly MachineQueries _machines = new(access);
    private readonly ImageQueries _images = new(access);

    public async Task<IReadOnlyList<EcsImageDependency>> OfAsync(EcsImage image, CancellationToken stop)
    {
        var disks = image.Disks.Where(static d => d.SnapshotId is not null).DistinctBy(static d => d.SnapshotId).ToArray();
        if (disks.Length == 0) return [];
        try
        {
            var snapshots = (await _machines.FindSnapshotsAsync([.. disks.Select(static d => d.SnapshotId!)], image.RegionId, stop).ConfigureAwait(false))
                .ToDictionary(static s => s.SnapshotId, StringComparer.Ordinal);
            return await Task.WhenAll(disks.Select(d => OfAsync(image, d, snapshots.GetValueOrDefault(d.SnapshotId!), stop))).ConfigureAwait(false);
        }
        // That they stay is known all the same; whether anything else needs them is not.
        catch (AcsException e)
        {
            return [.. disks.Select(d => Of(image, d, null) with { Detail = $"what else needs it could not be read: {ImageUse.Words(e)}" })];
        }
    }

    private async Task<EcsImageDependency> OfAsync(EcsImage image, EcsImageDisk disk, EcsSnapshot? snapshot, CancellationToken stop)
    {
        var images = OtherImagesAsync(image, disk.SnapshotId!, stop);
        var disks = snapshot?.Usage is "disk" or "image_disk" ? DisksAsync(image, disk.SnapshotId!, stop) : Task.FromResult<IReadOnlyList<string>>([]);
        string[] needed = [.. await images.ConfigureAwait(false), .. await disks.ConfigureAwait(false)];
        return Of(image, disk, snapshot) with
        {
            NeededBy = needed,
            Detail = needed.Length == 0 ? "nothing else needs it" : $"also needed by {Listed.Some(needed)}",
        };
    }

    private async Task<IReadOnlyList<string>> OtherImagesAsync(EcsImage image, string snapshotId, CancellationToken stop)
    {
        var others = new List<string>();
        var filter = new ImageFilter { ImageTypes = [EcsImageType.Custom], Status = ImageQueries.AllStatus, SnapshotId = snapshotId };
        await foreach (var page in _images.ListAsync(filter, image.RegionId, stop).ConfigureAwait(false))
            others.AddRange(page.Select(static i => i.ImageId).Where(id => id != image.ImageId));
        return others;
    }

    private async Task<IReadOnlyList<string>> DisksAsync(EcsImage image, string snapshotId, CancellationToken stop)
    {
        var disks = new List<string>();
        await foreach (var page in _machines.DisksAsync(new DescribeDisksRequest { RegionId = image.RegionId, SnapshotId = snapshotId }, stop).ConfigureAwait(false))
            disks.AddRange(page.Select(static d => d.InstanceId is null ? d.DiskId : $"{d.DiskId} of {d.InstanceId}"));
        return disks;
    }

    private static EcsImageDependency Of(EcsImage image, EcsImageDisk disk, EcsSnapshot? snapshot) => new()
    {
        DependsOn = image.ImageId,
        Kind = EcsImageDependencyKind.Snapshot,
        ResourceId = disk.SnapshotId,
        Name = snapshot?.Name,
        SizeGiB = snapshot?.SizeGiB ?? disk.SizeGiB,
        Effect = EcsImageEffect.StaysBilled,
        CreationTime = snapshot?.CreationTime,
        RegionId = image.RegionId,
        ContextAccountId = image.ContextAccountId,
    };
}
