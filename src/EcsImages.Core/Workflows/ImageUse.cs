using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using static EcsImages.Core.Images.EcsImageDependencyKind;

namespace EcsImages.Core.Workflows;

/// <summary>Finds what depends on images. What belongs to a region, and not to one image, is read once by one of these.</summary>
/// <remarks>A kind that cannot be read, as where a permission is missing, is one dependency of unknown effect: never silence.</remarks>
internal sealed class ImageUse
{
    private readonly EcsAccess _access;
    private readonly ImageCopies _copies;
    private readonly ImageSnapshots _snapshots;
    private readonly TemplateQueries _templates;
    private readonly OncePerRegion<IReadOnlyList<LaunchTemplateImages>> _launchTemplates;
    private readonly OncePerRegion<IReadOnlyList<ImagePipelineReply>> _pipelines;

    /// <param name="access">The account.</param>
    /// <param name="clock">Tells when the other regions have had their time.</param>
    /// <param name="patience">The time that the other regions have, to say whether they have copies.</param>
    public ImageUse(EcsAccess access, TimeProvider clock, TimeSpan patience)
    {
        _access = access;
        _copies = new ImageCopies(access, clock, patience);
        _snapshots = new ImageSnapshots(access);
        _templates = new TemplateQueries(access);
        _launchTemplates = new(_templates.LaunchTemplatesAsync);
        _pipelines = new(_templates.PipelinesAsync);
    }

    /// <summary>Everything, in the order of the kinds.</summary>
    public async Task<IReadOnlyList<EcsImageDependency>> OfAsync(EcsImage image, CancellationToken stop)
    {
        var isOwn = image.ImageType is EcsImageType.Custom;
        var kinds = new List<Task<IReadOnlyList<EcsImageDependency>>>
        {
            ReadAsync(image, Instance, () => InstancesAsync(image, stop)),
            ReadAsync(image, LaunchTemplate, () => LaunchTemplatesAsync(image, stop)),
            ReadAsync(image, Pipeline, () => PipelinesAsync(image, stop)),
        };
        // Of another's image one sees neither the shares nor the snapshots; and a copy of it is nobody's loss.
        if (isOwn)
        {
            kinds.Add(ReadAsync(image, Share, () => SharesAsync(image, stop)));
            if (image.IsPublic is true) kinds.Add(Task.FromResult(Published(image)));
            kinds.Add(_snapshots.OfAsync(image, stop));
            kinds.Add(ReadAsync(image, Image, () => _copies.OfAsync(image, stop)));
        }
        if (image.Status is "Creating" or "Waiting") kinds.Add(Task.FromResult(UnderWay(image)));
        return [.. (await Task.WhenAll(kinds).ConfigureAwait(false)).SelectMany(static k => k)];
    }

    /// <summary>Its snapshots alone.</summary>
    public Task<IReadOnlyList<EcsImageDependency>> SnapshotsOfAsync(EcsImage image, CancellationToken stop) => _snapshots.OfAsync(image, stop);

    /// <summary>A kind that could not be read.</summary>
    public static EcsImageDependency Unknown(EcsImage image, EcsImageDependencyKind kind, string regionId, string why) => new()
    {
        DependsOn = image.ImageId,
        Kind = kind,
        Effect = EcsImageEffect.Unknown,
        Detail = $"Could not be read: {why}",
        RegionId = regionId,
        ContextAccountId = image.ContextAccountId,
    };

    /// <summary>A failure in few words: its code leads.</summary>
    public static string Words(AcsException e) => $"{e.Code} ({e.Action} in {e.RegionId}): {e.Message}";

    private static async Task<IReadOnlyList<EcsImageDependency>> ReadAsync(
        EcsImage image, EcsImageDependencyKind kind, Func<Task<IReadOnlyList<EcsImageDependency>>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (AcsException e)
        {
            return [Unknown(image, kind, e.RegionId, Words(e))];
        }
    }

    private async Task<IReadOnlyList<EcsImageDependency>> InstancesAsync(EcsImage image, CancellationToken stop)
    {
        var found = new List<EcsImageDependency>();
        var filter = new DescribeInstancesRequest { RegionId = image.RegionId, ImageId = image.ImageId };
        await foreach (var page in new MachineQueries(_access).InstancesAsync(filter, stop).ConfigureAwait(false))
            found.AddRange(page.Select(i => Of(image, Instance, i.InstanceId, EcsImageEffect.CannotReinitialize) with
            {
                Name = i.Name,
                Detail = $"{i.Status}; it runs on, but its system disk cannot be reinitialised",
                RefusalCode = "ImageUsingByInstance",
            }));
        return found;
    }

    private async Task<IReadOnlyList<EcsImageDependency>> LaunchTemplatesAsync(EcsImage image, CancellationToken stop) =>
    [
        .. from template in await _launchTemplates.GetAsync(image.RegionId, stop).ConfigureAwait(false)
           let versions = template.Versions.Where(v => v.ImageId == image.ImageId).Select(static v => v.Number).ToArray()
           where versions.Length > 0
           select Of(image, LaunchTemplate, template.Id, EcsImageEffect.CannotLaunch) with { Name = template.Name, Detail = Versions(template, versions) },
    ];

    private static string Versions(LaunchTemplateImages template, long[] versions)
    {
        var named = string.Join(", ", versions.Select(v => (v == template.DefaultVersion, v == template.LatestVersion) switch
        {
            (true, true) => $"{v} (default, latest)",
            (true, _) => $"{v} (default)",
            (_, true) => $"{v} (latest)",
            _ => $"{v}",
        }));
        var standard = versions.Contains(template.DefaultVersion ?? 0) ? "" : $"; its default is {template.DefaultVersion}";
        return $"{(versions.Length == 1 ? "version" : "versions")} {named}{standard}";
    }

    private async Task<IReadOnlyList<EcsImageDependency>> PipelinesAsync(EcsImage image, CancellationToken stop)
    {
        var all = await _pipelines.GetAsync(image.RegionId, stop).ConfigureAwait(false);
        var found = all.Where(p => p.BaseImageType == "IMAGE" && p.BaseImage == image.ImageId).Select(p => Of(p, "builds on it")).ToList();
        var byFamily = image.Family is null ? [] : all.Where(p => p.BaseImageType == "IMAGE_FAMILY" && p.BaseImage == image.Family).ToArray();
        if (byFamily.Length > 0 && await _templates.NewestOfAsync(image.Family!, image.RegionId, stop).ConfigureAwait(false) == image.ImageId)
            found.AddRange(byFamily.Select(p => Of(p, $"builds on the family {image.Family}, which resolves to it now; then on the newest other one, if there is one")));
        return found;

        EcsImageDependency Of(ImagePipelineReply pipeline, string detail) =>
            ImageUse.Of(image, Pipeline, pipeline.ImagePipelineId, EcsImageEffect.CannotBuild) with { Name = pipeline.Name, Detail = detail };
    }

    private async Task<IReadOnlyList<EcsImageDependency>> SharesAsync(EcsImage image, CancellationToken stop) =>
    [
        .. (await new ImageChanges(_access).SharesAsync(image.ImageId, image.RegionId, stop).ConfigureAwait(false)).Select(share =>
            Of(image, Share, share.AccountId, EcsImageEffect.AccessLost) with
            {
                Detail = "the account can use it; the service deletes no image that is shared",
                RefusalCode = "ImageUseShared",
            }),
    ];

    private static IReadOnlyList<EcsImageDependency> Published(EcsImage image) =>
    [
        Of(image, Community, null, EcsImageEffect.AccessLost) with
        {
            Detail = "everybody can use it; the service deletes no image that is published",
            RefusalCode = "ImageIsPublic",
        },
    ];

    private static IReadOnlyList<EcsImageDependency> UnderWay(EcsImage image)
    {
        var percent = image.ProgressPercent is { } p ? $", {p}%" : "";
        return
        [
            image.IsCopied is true
                ? Of(image, Work, null, EcsImageEffect.Ended) with
                {
                    Detail = $"it is being copied ({image.Status}{percent}); Stop-EcsImageCopy ends that",
                    RefusalCode = "OperationDenied.ImageCopying",
                }
                : Of(image, Work, null, EcsImageEffect.Ended) with
                {
                    Detail = $"it is being made ({image.Status}{percent}); the service may refuse to delete it until that is done",
                },
        ];
    }

    private static EcsImageDependency Of(EcsImage image, EcsImageDependencyKind kind, string? id, EcsImageEffect effect) => new()
    {
        DependsOn = image.ImageId,
        Kind = kind,
        ResourceId = id,
        Effect = effect,
        RegionId = image.RegionId,
        ContextAccountId = image.ContextAccountId,
    };
}
