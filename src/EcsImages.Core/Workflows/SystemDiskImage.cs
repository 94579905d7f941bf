using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>CreateImage of an instance always takes all of its disks; an image of the system disk alone goes by a snapshot of it.</summary>
/// <remarks>Source: CreateImage, parameters InstanceId and SnapshotId.</remarks>
internal sealed class SystemDiskImage(EcsAccess access, TimeProvider clock)
{
    /// <summary>Takes the snapshot, waits for it, and turns the request into one that uses it.</summary>
    public async Task<CreateImageRequest> PrepareAsync(CreateImageRequest request, CancellationToken stop)
    {
        var regionId = request.RegionId;
        var instanceId = request.InstanceId!;
        var machines = new MachineQueries(access);
        if (await machines.FindInstancesAsync([instanceId], regionId, stop).ConfigureAwait(false) is not [var instance, ..])
            throw MachineQueries.InstanceNotFound(instanceId, regionId);
        var disk = await SystemDiskAsync(instance, stop).ConfigureAwait(false);
        var image = instance.ImageId is null ? null : (await new ImageQueries(access).FindAsync([instance.ImageId], regionId, stop).ConfigureAwait(false)) is [var found, ..] ? found : null;
        var snapshot = await access.CallAsync(EcsApi.CreateSnapshot, regionId, new CreateSnapshotRequest
        {
            DiskId = disk.DiskId,
            SnapshotName = request.ImageName,
            Description = $"System disk of {instanceId}, for an image",
            Tag = request.Tag,
            ClientToken = ClientTokens.For(request.ClientToken, "snapshot"),
        }, stop).ConfigureAwait(false);
        var snapshotId = snapshot.SnapshotId ?? throw new InvalidDataException("CreateSnapshot answered without a SnapshotId.");
        var group = new FollowGroup<EcsSnapshot>([new Followed(snapshotId, regionId)], FollowKinds.Snapshot(access));
        await foreach (var end in new Following(clock).EndsAsync([group], null, static _ => { }, stop).ConfigureAwait(false))
            if (end.Error is not null) throw end.Error;
        return request with
        {
            InstanceId = null,
            SnapshotId = snapshotId,
            // A snapshot does not tell what is on it; the instance's image does, unless the caller said something else.
            Platform = request.Platform ?? image?.Platform,
            Architecture = request.Architecture ?? image?.Architecture,
            BootMode = request.BootMode ?? image?.BootMode,
        };
    }

    private async Task<EcsDisk> SystemDiskAsync(EcsInstance instance, CancellationToken stop)
    {
        var filter = new DescribeDisksRequest { RegionId = instance.RegionId, InstanceId = instance.InstanceId, DiskType = "system" };
        await foreach (var page in new MachineQueries(access).DisksAsync(filter, stop).ConfigureAwait(false))
            if (page is [var disk, ..]) return disk;
        throw new EcsNotFoundException("InvalidDiskId.NotFound", $"Instance '{instance.InstanceId}' in {instance.RegionId} has no system disk.");
    }
}
