using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Updating;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes regions.</summary>
public sealed class RegionIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        [.. (await new MachineQueries(access).RegionsAsync(regionId, stop).ConfigureAwait(false)).Select(static r => new Suggestion(r.RegionId, r.LocalName))];
}

/// <summary>Completes instance types.</summary>
public sealed class InstanceTypeCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new MachineQueries(access).InstanceTypesAsync(new DescribeInstanceTypesRequest(), regionId, stop),
            static t => new Suggestion(t.InstanceType, $"{t.CpuCoreCount} vCPU, {t.MemoryGiB} GiB"), stop).ConfigureAwait(false);
}

/// <summary>Completes the ids of images that one can use.</summary>
public sealed class ImageIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new ImageQueries(access).ListAsync(new ImageFilter(), regionId, stop), static i => new Suggestion(i.ImageId, i.Name), stop).ConfigureAwait(false);
}

/// <summary>Completes the ids of one's own images.</summary>
public sealed class OwnImageIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new ImageQueries(access).ListAsync(new ImageFilter { ImageTypes = [EcsImageType.Custom] }, regionId, stop),
            static i => new Suggestion(i.ImageId, i.Name), stop).ConfigureAwait(false);
}

/// <summary>Completes image families.</summary>
public sealed class FamilyCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        [.. (await FirstPages.TakeAsync(new ImageQueries(access).ListAsync(new ImageFilter(), regionId, stop), static i => i.Family, stop).ConfigureAwait(false))
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(static f => new Suggestion(f, null))];
}

/// <summary>Completes platforms.</summary>
public sealed class PlatformCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        [.. (await FirstPages.TakeAsync(new ImageQueries(access).ListAsync(new ImageFilter(), regionId, stop), static i => i.Platform, stop).ConfigureAwait(false))
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(static p => new Suggestion(p, null))];
}

/// <summary>Completes instances.</summary>
public sealed class InstanceIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new MachineQueries(access).InstancesAsync(new DescribeInstancesRequest { RegionId = regionId }, stop),
            static i => new Suggestion(i.InstanceId, i.Name), stop).ConfigureAwait(false);
}

/// <summary>Completes disks.</summary>
public sealed class DiskIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new MachineQueries(access).DisksAsync(new DescribeDisksRequest { RegionId = regionId }, stop),
            static d => new Suggestion(d.DiskId, d.Name ?? d.InstanceId), stop).ConfigureAwait(false);
}

/// <summary>Completes snapshots.</summary>
public sealed class SnapshotIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new MachineQueries(access).SnapshotsAsync(new DescribeSnapshotsRequest { RegionId = regionId }, stop),
            static s => new Suggestion(s.SnapshotId, s.Name ?? s.DiskId), stop).ConfigureAwait(false);
}

/// <summary>Completes tasks.</summary>
public sealed class TaskIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new TaskQueries(access).ListBrieflyAsync(new TaskFilter(), regionId, stop),
            static t => new Suggestion(t.TaskId, $"{t.Action} {t.ResourceId}, {t.Status}"), stop).ConfigureAwait(false);
}

/// <summary>Completes updates of images.</summary>
public sealed class ImageUpdateIdCompleter : LiveCompleter
{
    private protected override async Task<IReadOnlyList<Suggestion>> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        await FirstPages.TakeAsync(new ImageUpdates(access).ListBrieflyAsync(null, regionId, stop),
            static u => new Suggestion(u.ExecutionId, $"{u.SourceImageId}, {u.Status}"), stop).ConfigureAwait(false);
}

/// <summary>Nobody reads a thousand suggestions.</summary>
internal static class FirstPages
{
    private const int Enough = 400;

    public static async Task<IReadOnlyList<TOut>> TakeAsync<TIn, TOut>(IAsyncEnumerable<IReadOnlyList<TIn>> pages, Func<TIn, TOut> read, CancellationToken stop)
    {
        var taken = new List<TOut>();
        await foreach (var page in pages.WithCancellation(stop).ConfigureAwait(false))
        {
            taken.AddRange(page.Select(read));
            if (taken.Count >= Enough) break;
        }
        return taken;
    }
}
