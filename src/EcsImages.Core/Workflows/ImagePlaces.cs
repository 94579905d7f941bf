using System.Runtime.CompilerServices;
using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows;

/// <summary>Looks in a region for an image or its equivalent.</summary>
internal sealed class ImagePlaces(ImageQueries images)
{
    // A copy that failed is none.
    private const string UsableOrSoon = "Creating,Waiting,Available,UnAvailable,Deprecated";

    /// <summary>What a region has for an image.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EcsImageRegion>> LookAsync(
        EcsImage asked, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        var candidates = new List<EcsImage>();
        if (regionId == asked.RegionId) candidates.Add(asked);
        else if (Wanted(asked) is { } filter)
            await foreach (var page in images.ListAsync(filter, regionId, stop).ConfigureAwait(false)) candidates.AddRange(page);
        if (candidates.Count == 0 && asked is { ImageType: EcsImageType.Public, Family: { } family }
            && await images.FindNewestAsync(family, regionId, stop).ConfigureAwait(false) is { } newest) candidates.Add(newest);
        yield return [Equivalents.Choose(asked, regionId, candidates)];
    }

    // What the service can narrow by; null where another region cannot have it.
    private static ImageFilter? Wanted(EcsImage asked) => asked.ImageType switch
    {
        EcsImageType.Public => new ImageFilter { ImageTypes = [EcsImageType.Public], ImageId = asked.ImageId, Status = UsableOrSoon },
        EcsImageType.Shared => null,
        EcsImageType.Custom => Alike(asked) with { Status = UsableOrSoon },
        EcsImageType.Community => Alike(asked) with { NamePart = asked.Name, OwnerAccountId = asked.OwnerAccountId },
        _ => Alike(asked),
    };

    private static ImageFilter Alike(EcsImage asked) => new()
    {
        ImageTypes = asked.ImageType is { } type ? [type] : null,
        OSType = asked.OSType,
        Architecture = asked.Architecture,
    };
}
