using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>Reads regions, instance types, instances, disks and snapshots.</summary>
internal sealed class MachineQueries(EcsAccess access)
{
    private const int PageSize = 100;

    public async Task<IReadOnlyList<EcsRegion>> RegionsAsync(string regionId, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.DescribeRegions, regionId, new DescribeRegionsRequest { AcceptLanguage = "en-US" }, stop).ConfigureAwait(false);
        return [.. (reply.Regions?.Region ?? []).Select(r => MachineReading.Read(r, access.AccountId))];
    }

    public IAsyncEnumerable<IReadOnlyList<EcsInstanceType>> InstanceTypesAsync(
        DescribeInstanceTypesRequest filter, string regionId, CancellationToken stop) =>
        EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeInstanceTypes, regionId, filter with { NextToken = token }, stopped).ConfigureAwait(false);
            return (Read(reply.InstanceTypes?.InstanceType, t => MachineReading.Read(t, regionId, access.AccountId)), reply.NextToken);
        }, stop);

    public async Task<IReadOnlySet<string>> SupportedTypesAsync(string imageId, string regionId, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.DescribeImageSupportInstanceTypes, regionId,
            new DescribeImageSupportInstanceTypesRequest { RegionId = regionId, ImageId = imageId }, stop).ConfigureAwait(false);
        return (reply.InstanceTypes?.InstanceType ?? []).Select(static t => t.InstanceTypeId).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    public IAsyncEnumerable<IReadOnlyList<EcsInstance>> InstancesAsync(DescribeInstancesRequest filter, CancellationToken stop) =>
        EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeInstances, filter.RegionId, filter with { MaxResults = PageSize, NextToken = token }, stopped).ConfigureAwait(false);
            return (Read(reply.Instances?.Instance, i => MachineReading.Read(i, filter.RegionId, access.AccountId)), reply.NextToken);
        }, stop);

    public IAsyncEnumerable<IReadOnlyList<EcsDisk>> DisksAsync(DescribeDisksRequest filter, CancellationToken stop) =>
        EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeDisks, filter.RegionId, filter with { MaxResults = PageSize, NextToken = token }, stopped).ConfigureAwait(false);
            return (Read(reply.Disks?.Disk, d => MachineReading.Read(d, filter.RegionId, access.AccountId)), reply.NextToken);
        }, stop);

    public IAsyncEnumerable<IReadOnlyList<EcsSnapshot>> SnapshotsAsync(DescribeSnapshotsRequest filter, CancellationToken stop) =>
        EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeSnapshots, filter.RegionId, filter with { MaxResults = PageSize, NextToken = token }, stopped).ConfigureAwait(false);
            return (Read(reply.Snapshots?.Snapshot, s => MachineReading.Read(s, filter.RegionId, access.AccountId)), reply.NextToken);
        }, stop);

    public Task<IReadOnlyList<EcsInstance>> FindInstancesAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop) =>
        EcsAccess.AllAsync(InstancesAsync(new DescribeInstancesRequest { RegionId = regionId, InstanceIds = Wire.IdList(ids) }, stop), stop);

    public Task<IReadOnlyList<EcsDisk>> FindDisksAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop) =>
        EcsAccess.AllAsync(DisksAsync(new DescribeDisksRequest { RegionId = regionId, DiskIds = Wire.IdList(ids) }, stop), stop);

    public Task<IReadOnlyList<EcsSnapshot>> FindSnapshotsAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop) =>
        EcsAccess.AllAsync(SnapshotsAsync(new DescribeSnapshotsRequest { RegionId = regionId, SnapshotIds = Wire.IdList(ids) }, stop), stop);

    public async Task<EcsInstance> GetInstanceAsync(string id, string regionId, CancellationToken stop) =>
        await FindInstancesAsync([id], regionId, stop).ConfigureAwait(false) is [var instance, ..] ? instance : throw InstanceNotFound(id, regionId);

    public async Task<EcsDisk> GetDiskAsync(string id, string regionId, CancellationToken stop) =>
        await FindDisksAsync([id], regionId, stop).ConfigureAwait(false) is [var disk, ..] ? disk : throw DiskNotFound(id, regionId);

    public async Task<EcsSnapshot> GetSnapshotAsync(string id, string regionId, CancellationToken stop) =>
        await FindSnapshotsAsync([id], regionId, stop).ConfigureAwait(false) is [var snapshot, ..] ? snapshot : throw SnapshotNotFound(id, regionId);

    /// <summary>A snapshot that was just taken; the service's lists may lag behind, so that it may be known by its id only.</summary>
    public async Task<EcsSnapshot> GetNewSnapshotAsync(string id, string regionId, CancellationToken stop) =>
        await FindSnapshotsAsync([id], regionId, stop).ConfigureAwait(false) is [var snapshot, ..]
            ? snapshot
            : new EcsSnapshot { SnapshotId = id, Status = "progressing", RegionId = regionId, ContextAccountId = access.AccountId };

    public static EcsNotFoundException InstanceNotFound(string id, string regionId) =>
        new("InvalidInstanceId.NotFound", $"There is no instance '{id}' in {regionId}. Instances are bound to a region: name it with -RegionId.");

    public static EcsNotFoundException DiskNotFound(string id, string regionId) =>
        new("InvalidDiskId.NotFound", $"There is no disk '{id}' in {regionId}. Disks are bound to a region: name it with -RegionId.");

    public static EcsNotFoundException SnapshotNotFound(string id, string regionId) =>
        new("InvalidSnapshotId.NotFound", $"There is no snapshot '{id}' in {regionId}. Snapshots are bound to a region: name it with -RegionId.");

    private static IReadOnlyList<TOut> Read<TIn, TOut>(IReadOnlyList<TIn>? rows, Func<TIn, TOut> read) => rows is null ? [] : [.. rows.Where(static r => r is not null).Select(read)];
}
