using EcsImages.Core.Acs;
using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows;

/// <summary>Finds the copies of images in the other regions of the account.</summary>
/// <remarks>
/// The service does not say what a copy was made from. One's own image that is a copy, is not older, and has the image's name, size and
/// system is probably one; a copy that was given another name is not found.
/// </remarks>
internal sealed class ImageCopies(EcsAccess access, TimeProvider clock, TimeSpan patience)
{
    private readonly OncePerRegion<IReadOnlyList<string>> _regions = new((region, stop) => RegionsAsync(access, region, stop));
    private readonly OncePerRegion<IReadOnlyList<EcsImage>> _copies = new((region, stop) => OwnCopiesAsync(access, region, stop));

    public async Task<IReadOnlyList<EcsImageDependency>> OfAsync(EcsImage image, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var regions = await _regions.GetAsync(image.RegionId, stop).ConfigureAwait(false);
        var found = await Task.WhenAll(regions.Where(r => r != image.RegionId).Select(r => InAsync(image, r, either.Token, stop))).ConfigureAwait(false);
        return [.. found.SelectMany(static f => f)];
    }

    private async Task<IReadOnlyList<EcsImageDependency>> InAsync(EcsImage image, string regionId, CancellationToken either, CancellationToken stop)
    {
        try
        {
            return [.. (await _copies.GetAsync(regionId, either).ConfigureAwait(false)).Where(c => IsLike(c, image)).Select(c => Of(c, image))];
        }
        catch (AcsException e)
        {
            return [ImageUse.Unknown(image, EcsImageDependencyKind.Image, regionId, ImageUse.Words(e))];
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return [ImageUse.Unknown(image, EcsImageDependencyKind.Image, regionId, $"{regionId} did not answer within {patience.TotalSeconds:0} s")];
        }
    }

    private static bool IsLike(EcsImage copy, EcsImage image) =>
        copy.Name == image.Name && copy.SizeGiB == image.SizeGiB && copy.OSType == image.OSType && copy.Architecture == image.Architecture
        && !(copy.CreationTime < image.CreationTime);

    private static EcsImageDependency Of(EcsImage copy, EcsImage image)
    {
        var isUnderWay = copy.Status is "Creating" or "Waiting";
        return new()
        {
            DependsOn = image.ImageId,
            Kind = EcsImageDependencyKind.Image,
            ResourceId = copy.ImageId,
            Name = copy.Name,
            SizeGiB = copy.SizeGiB,
            Effect = isUnderWay ? EcsImageEffect.Ended : EcsImageEffect.Unaffected,
            Detail = "a copy with its name, size and system: probably of this image"
                + (image.IsCopied is true ? ", or of the one that this is a copy of" : "")
                + (isUnderWay ? "; it is still being made, and the service refuses to delete its source until that is done" : ""),
            CreationTime = copy.CreationTime,
            RegionId = copy.RegionId,
            ContextAccountId = copy.ContextAccountId,
        };
    }

    private static async Task<IReadOnlyList<string>> RegionsAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        [.. (await new MachineQueries(access).RegionsAsync(regionId, stop).ConfigureAwait(false)).Select(static r => r.RegionId)];

    private static async Task<IReadOnlyList<EcsImage>> OwnCopiesAsync(EcsAccess access, string regionId, CancellationToken stop)
    {
        var copies = new List<EcsImage>();
        var own = new ImageFilter { ImageTypes = [EcsImageType.Custom], Status = ImageQueries.AllStatus };
        await foreach (var page in new ImageQueries(access).ListAsync(own, regionId, stop).ConfigureAwait(false))
            copies.AddRange(page.Where(static i => i.IsCopied is true));
        return copies;
    }
}
