using EcsImages.Core.Ecs;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Updating;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes regions.</summary>
public sealed class RegionIdCompleter : LiveCompleter
{
    private protected override async Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        new([.. (await new MachineQueries(access).RegionsAsync(regionId, stop).ConfigureAwait(false)).Select(static r => new Suggestion(r.RegionId, r.LocalName))], IsWhole: true);
}

/// <summary>Completes instance types.</summary>
public sealed class InstanceTypeCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        TakeAsync(access, new DescribeInstanceTypesRequest(), regionId, stop);

    // Of ecs.g7.l the family is known.
    private protected override string? PartOf(string typed) => typed.Split('.') is [{ Length: > 0 } product, { Length: > 0 } family, _, ..] ? $"{product}.{family}".ToLowerInvariant() : null;

    private protected override Task<Suggestions> ReadPartAsync(EcsAccess access, string part, string regionId, CancellationToken stop) =>
        TakeAsync(access, new DescribeInstanceTypesRequest { InstanceTypeFamilies = [part] }, regionId, stop);

    private static Task<Suggestions> TakeAsync(EcsAccess access, DescribeInstanceTypesRequest request, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new MachineQueries(access).InstanceTypesAsync(request, regionId, stop),
            static t => new Suggestion(t.InstanceType, $"{t.CpuCoreCount} vCPU, {t.MemoryGiB} GiB"), stop);
}

/// <summary>Completes instances.</summary>
public sealed class InstanceIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new MachineQueries(access).InstancesAsync(new DescribeInstancesRequest { RegionId = regionId }, stop),
            static i => new Suggestion(i.InstanceId, i.Name), stop);
}

/// <summary>Completes disks.</summary>
public sealed class DiskIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new MachineQueries(access).DisksAsync(new DescribeDisksRequest { RegionId = regionId }, stop),
            static d => new Suggestion(d.DiskId, d.Name ?? d.InstanceId), stop);
}

/// <summary>Completes snapshots.</summary>
public sealed class SnapshotIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new MachineQueries(access).SnapshotsAsync(new DescribeSnapshotsRequest { RegionId = regionId }, stop),
            static s => new Suggestion(s.SnapshotId, s.Name ?? s.DiskId), stop);
}

/// <summary>Completes tasks.</summary>
public sealed class TaskIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new TaskQueries(access).ListBrieflyAsync(new TaskFilter(), regionId, stop),
            static t => new Suggestion(t.TaskId, $"{t.Action} {t.ResourceId}, {t.Status}"), stop);
}

/// <summary>Completes updates of images.</summary>
public sealed class ImageUpdateIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new ImageUpdates(access).ListBrieflyAsync(null, regionId, stop),
            static u => new Suggestion(u.ExecutionId, $"{u.SourceImageId}, {u.Status}"), stop);
}
