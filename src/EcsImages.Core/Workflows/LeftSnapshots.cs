using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>Finds snapshots that were made for images which are gone, and that nothing uses.</summary>
/// <remarks>
/// No field says what a snapshot was made for, so that it goes by the exact words that are written where a snapshot is made for an image, and
/// by a usage of none; a snapshot that a person took is never among them. Sources: the embedded endpoint; the service's names for the
/// snapshots of imported images; <see cref="SystemDiskImage"/>.
/// </remarks>
internal sealed partial class LeftSnapshots(EcsAccess access, TimeProvider clock)
{
    // Between the snapshot and the image that is made of it, nothing uses the snapshot yet.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    public async IAsyncEnumerable<IReadOnlyList<EcsImageDependency>> InAsync(string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        var filter = new DescribeSnapshotsRequest { RegionId = regionId, Status = "accomplished", Usage = "none" };
        await foreach (var page in new MachineQueries(access).SnapshotsAsync(filter, stop).ConfigureAwait(false))
        {
            var made = page.Select(Read).OfType<EcsImageDependency>().ToArray();
            var named = made.Select(static m => m.DependsOn).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
            var there = named.Length == 0 ? [] : await new ImageQueries(access).FindAsync(named, regionId, stop).ConfigureAwait(false);
            var left = made.Where(m => there.All(i => i.ImageId != m.DependsOn)).ToArray();
            if (left.Length > 0) yield return left;
        }
    }

    private EcsImageDependency? Read(EcsSnapshot snapshot)
    {
        if (ForImage().Match(snapshot.Description ?? "") is { Success: true } made)
            return Of(snapshot, made.Groups[1].Value, $"made for {made.Groups[1].Value}, which is gone");
        if (!(clock.GetUtcNow() - snapshot.CreationTime >= Grace)) return null;
        if (snapshot.Name is { } name && name.StartsWith("SnapshotForImage-", StringComparison.Ordinal))
            return Of(snapshot, null, "named by the service as the snapshot of an image; no image uses it");
        return ForSystemDisk().IsMatch(snapshot.Description ?? "") ? Of(snapshot, null, $"{snapshot.Description}; no image uses it") : null;
    }

    private static EcsImageDependency Of(EcsSnapshot snapshot, string? imageId, string detail) => new()
    {
        DependsOn = imageId,
        Kind = EcsImageDependencyKind.Snapshot,
        ResourceId = snapshot.SnapshotId,
        Name = snapshot.Name,
        SizeGiB = snapshot.SizeGiB,
        Effect = EcsImageEffect.StaysBilled,
        Detail = detail,
        NeededBy = [],
        CreationTime = snapshot.CreationTime,
        RegionId = snapshot.RegionId,
        ContextAccountId = snapshot.ContextAccountId,
    };

    [GeneratedRegex("^Made for (m-[0-9a-z]+)$")]
    private static partial Regex ForImage();

    [GeneratedRegex("^System disk of i-[0-9a-z]+, for an image$")]
    private static partial Regex ForSystemDisk();
}
