using EcsImages.Core.Images;
using static EcsImages.Core.Images.EcsImageDependencyKind;

namespace EcsImages.Core.Workflows;

/// <summary>What deleting an image comes to, told before anything is done.</summary>
internal sealed class DeletionPlan
{
    // In the order in which the service looks.
    private static readonly string[] Refusals = ["OperationDenied.ImageCopying", "ImageIsPublic", "ImageUseShared", "ImageUsingByInstance"];

    private readonly EcsImage _image;

    /// <param name="image">The image.</param>
    /// <param name="found">What depends on it.</param>
    /// <param name="force">Whether instances are no obstacle.</param>
    /// <param name="includeSnapshot">Whether the snapshots that nothing else needs go with it.</param>
    public DeletionPlan(EcsImage image, IReadOnlyList<EcsImageDependency> found, bool force, bool includeSnapshot)
    {
        _image = image;
        Dependencies = includeSnapshot
            ? [.. found.Select(static d => d is { Kind: Snapshot, NeededBy.Count: 0 } ? d with { Effect = EcsImageEffect.Deleted } : d)] : found;
        Blocking = [.. Dependencies.Where(d => d.BlocksDeletion && !(force && d.OverriddenByForce))];
    }

    /// <summary>What depends on the image, with what becomes of it by this plan.</summary>
    public IReadOnlyList<EcsImageDependency> Dependencies { get; }

    /// <summary>The snapshots that go with the image.</summary>
    public IEnumerable<EcsImageDependency> SnapshotsToDelete => Dependencies.Where(static d => d is { Kind: Snapshot, Effect: EcsImageEffect.Deleted });

    /// <summary>The snapshots that stay.</summary>
    public IEnumerable<EcsImageDependency> SnapshotsThatStay => Dependencies.Where(static d => d is { Kind: Snapshot, Effect: not EcsImageEffect.Deleted });

    /// <summary>Why the service would certainly refuse; null if it would not.</summary>
    public PreconditionException? Refusal => Blocking.Count == 0 ? null : new(
        Refusals.First(code => Blocking.Any(d => d.RefusalCode == code)),
        $"Image '{_image.ImageId}' ({_image.Name}) in {_image.RegionId} cannot be deleted: {string.Join("; ", Blocking.GroupBy(static d => d.Kind).Select(Why))}.{WhatForceDoes}");

    /// <summary>What becomes of everything, a line each.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            string[] lines =
            [
                .. Of(Instance, all => $"{Listed.Count(all.Count, "instance")} of it ({Ids(all)}): running on, but never to be reinitialised. -Force overrides the service's refusal."),
                .. Of(LaunchTemplate, all => $"{Listed.Count(all.Count, "launch template")} with it ({Listed.Some([.. all.Select(static d => $"{d.Name ?? d.ResourceId} {d.Detail}")])}): launching from it will fail."),
                .. Of(Pipeline, all => $"{Listed.Count(all.Count, "image pipeline")} on it ({Ids(all)}): building from it will fail."),
                .. Of(Work, static all => $"Under way: {all[0].Detail}."),
                .. Size(SnapshotsToDelete, "deleted with it"),
                .. Size(SnapshotsThatStay.Where(static d => d.NeededBy is { Count: 0 }), "kept, and billed until deleted (-IncludeSnapshot deletes what nothing else needs)"),
                .. SnapshotsThatStay.Where(static d => d.NeededBy is not { Count: 0 }).Select(static d => $"Snapshot {d.ResourceId}, {d.SizeGiB} GiB, kept and billed: {d.Detail}."),
                .. Of(Image, all => $"{Listed.Count(all.Count, "copy", "copies")} elsewhere ({Listed.Some([.. all.Select(static d => $"{d.ResourceId} in {d.RegionId}")])}): unaffected."),
                .. Dependencies.Where(static d => d.Effect is EcsImageEffect.Unknown).GroupBy(static d => d.Kind)
                    .Select(static g => $"Not known, {g.Key} in {Listed.Some([.. g.Select(static d => d.RegionId)])}: {g.First().Detail}"),
            ];
            return lines.Length > 0 ? lines : ["Nothing that can be seen depends on it."];
        }
    }

    private IReadOnlyList<EcsImageDependency> Blocking { get; }

    private string WhatForceDoes => Blocking.All(static d => d.OverriddenByForce)
        ? " -Force deletes it all the same."
        : " -Force does not override that: it is for instances only.";

    private IEnumerable<string> Of(EcsImageDependencyKind kind, Func<IReadOnlyList<EcsImageDependency>, string> say) =>
        Dependencies.Where(d => d.Kind == kind && d.Effect is not EcsImageEffect.Unknown).ToArray() is { Length: > 0 } all ? [say(all)] : [];

    private static IEnumerable<string> Size(IEnumerable<EcsImageDependency> snapshots, string fate) => snapshots.ToArray() is { Length: > 0 } all
        ? [$"{Listed.Count(all.Length, "snapshot")}, {all.Sum(static d => d.SizeGiB ?? 0)} GiB ({Ids(all)}): {fate}."] : [];

    private static string Ids(IReadOnlyCollection<EcsImageDependency> all) => Listed.Some([.. all.Select(static d => d.ResourceId ?? "")]);

    private static string Why(IGrouping<EcsImageDependencyKind, EcsImageDependency> kind) => kind.Key switch
    {
        Instance => $"{Listed.Count(kind.Count(), "instance uses", "instances use")} it ({Ids([.. kind])})",
        Share => $"it is shared with {Ids([.. kind])}",
        Community => "it is published to the community",
        _ => kind.First().Detail ?? "",
    };
}
