using System.Globalization;
using System.Runtime.CompilerServices;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows;

/// <summary>Reads images: by id, or as a stream of pages.</summary>
internal sealed class ImageQueries(EcsAccess access)
{
    /// <summary>Most ids in one DescribeImages.</summary>
    public const int MaxIds = 100;

    private const int PageSize = 100;
    public const string AllStatus = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated";

    // What one has made should be seen while it is being made, and when that failed; deprecated means hidden.
    private const string OwnStatus = "Creating,Waiting,Available,UnAvailable,CreateFailed";

    // Without a choice: one's own, what others share, what Alibaba Cloud provides, in this order.
    private static readonly EcsImageType[] Usual = [EcsImageType.Custom, EcsImageType.Shared, EcsImageType.Public];

    // Where an id may be found; marketplace and community images answer only to a query of their kind.
    private static readonly EcsImageType?[] AnyKind = [null, EcsImageType.Marketplace, EcsImageType.Community];

    /// <summary>One image.</summary>
    /// <exception cref="EcsNotFoundException">The account sees no such image in the region.</exception>
    public async Task<EcsImage> GetAsync(string imageId, string regionId, CancellationToken stop) =>
        await FindAsync([imageId], regionId, stop).ConfigureAwait(false) is [var image, ..] ? image : throw NotFound(imageId, regionId);

    /// <summary>An image that was just made; the service's lists may lag behind its writes, so that it may be known by its id only.</summary>
    public async Task<EcsImage> GetNewAsync(string imageId, string regionId, CancellationToken stop) =>
        await FindAsync([imageId], regionId, stop).ConfigureAwait(false) is [var image, ..]
            ? image
            : new EcsImage { ImageId = imageId, RegionId = regionId, ContextAccountId = access.AccountId, ImageType = EcsImageType.Custom, Status = "Creating", SeenOn = access.Today };

    /// <summary>The error for an id that is not there.</summary>
    public static EcsNotFoundException NotFound(string imageId, string regionId) => new(
        "InvalidImageId.NotFound",
        $"There is no image '{imageId}' in {regionId} that this account can see. Images are bound to a region; Get-EcsImage -AllRegion looks in all.");

    /// <summary>Those of up to 100 images that exist, whatever their kind and status.</summary>
    public async Task<IReadOnlyList<EcsImage>> FindAsync(IReadOnlyCollection<string> imageIds, string regionId, CancellationToken stop)
    {
        var found = new List<EcsImage>();
        var missing = new HashSet<string>(imageIds, StringComparer.Ordinal);
        foreach (var kind in AnyKind)
        {
            if (missing.Count == 0) break;
            var request = Request(kind, regionId) with { ImageId = string.Join(',', missing), Status = AllStatus };
            foreach (var image in (await PageAsync(request, stop).ConfigureAwait(false)).Images)
                if (missing.Remove(image.ImageId)) found.Add(image);
        }
        return found;
    }

    /// <summary>The newest Available image of a family, as the service resolves it; null if there is none.</summary>
    public async Task<EcsImage?> FindNewestAsync(string family, string regionId, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.DescribeImageFromFamily, regionId,
            new DescribeImageFromFamilyRequest { RegionId = regionId, ImageFamily = family }, stop).ConfigureAwait(false);
        return reply.Image?.ImageId is { Length: > 0 } id && await FindAsync([id], regionId, stop).ConfigureAwait(false) is [var image, ..] ? image : null;
    }

    /// <summary>What a family has to offer: its newest Available image; if it has none, one's own that are being made or failed.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EcsImage>> ResolveAsync(string family, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        if (await FindNewestAsync(family, regionId, stop).ConfigureAwait(false) is { } newest)
        {
            yield return [newest];
            yield break;
        }
        await foreach (var page in ListAsync(new ImageFilter { ImageTypes = [EcsImageType.Custom], Family = family }, regionId, stop).ConfigureAwait(false))
            yield return page;
    }

    /// <summary>The images of a region that a filter lets through, a page at a time, the next page under way while one is used.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EcsImage>> ListAsync(
        ImageFilter filter, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (var type in filter.ImageTypes ?? Usual)
            await foreach (var page in ListAsync(filter, type, regionId, stop).ConfigureAwait(false))
                yield return page;
    }

    private async IAsyncEnumerable<IReadOnlyList<EcsImage>> ListAsync(
        ImageFilter filter, EcsImageType type, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        var request = Request(type, regionId) with
        {
            ImageId = filter.ImageId,
            ImageOwnerId = filter.OwnerAccountId is null ? null : long.Parse(filter.OwnerAccountId, CultureInfo.InvariantCulture),
            ImageName = filter.NamePart,
            ImageFamily = filter.Family,
            Status = filter.Status ?? (type is EcsImageType.Custom ? OwnStatus : null),
            OSType = filter.OSType,
            Architecture = filter.Architecture,
            Usage = filter.Usage,
            InstanceType = filter.InstanceType,
            SnapshotId = filter.SnapshotId,
            Tag = filter.Tags.Count == 0 ? null : [.. filter.Tags.Select(static t => new TagRequest { Key = t.Key, Value = t.Value })],
            PageSize = PageSize,
        };
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var next = PageAsync(request with { PageNumber = 1 }, abandoned.Token);
        try
        {
            for (var number = 2; ; number++)
            {
                var (images, total) = await next.ConfigureAwait(false);
                var more = images.Count > 0 && (number - 1) * PageSize < total;
                if (more) next = PageAsync(request with { PageNumber = number }, abandoned.Token);
                if (images.Count > 0) yield return images;
                if (!more) yield break;
            }
        }
        finally
        {
            // A consumer that stops early leaves a page under way: end it, and look at how it ended.
            await abandoned.CancelAsync().ConfigureAwait(false);
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private async Task<(IReadOnlyList<EcsImage> Images, int Total)> PageAsync(DescribeImagesRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.DescribeImages, request.RegionId, request, stop).ConfigureAwait(false);
        var rows = reply.Images?.Image ?? [];
        var images = new List<EcsImage>(rows.Count);
        // JSON allows a null in a list; it is no image.
        foreach (var row in rows) if (row is not null) images.Add(ImageReading.Read(row, request.RegionId, access.AccountId, access.Today));
        return (images, reply.TotalCount ?? 0);
    }

    private static DescribeImagesRequest Request(EcsImageType? type, string regionId)
    {
        var request = new DescribeImagesRequest { RegionId = regionId, PageSize = PageSize, PageNumber = 1 };
        if (type is not { } kind) return request;
        var (alias, isPublic) = Images.ImageTypes.Query(kind);
        return request with { ImageOwnerAlias = alias, IsPublic = isPublic };
    }
}
