using EcsImages.Core.Images;
using EcsImages.Core.Workflows;

namespace EcsImages.PowerShell.Completion;

/// <summary>Nobody reads a thousand suggestions.</summary>
internal static class FirstPages
{
    private const int Enough = 400;

    private static readonly EcsImageType[] Usable = [EcsImageType.Custom, EcsImageType.Shared, EcsImageType.Public];

    public static async Task<Suggestions> TakeAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, Func<T, Suggestion?> read, CancellationToken stop)
    {
        var taken = new List<Suggestion>();
        var seen = 0;
        await foreach (var page in pages.WithCancellation(stop).ConfigureAwait(false))
        {
            // There is another page, but enough has been read.
            if (seen >= Enough) return new(taken, IsWhole: false);
            taken.AddRange(page.Select(read).OfType<Suggestion>());
            seen += page.Count;
        }
        return new(taken, IsWhole: true);
    }

    /// <summary>Of images: the kinds that one can use unless the filter names some, all at the same time, each value once.</summary>
    public static async Task<Suggestions> TakeImagesAsync(EcsAccess access, ImageFilter filter, string regionId, Func<EcsImage, Suggestion?> read, CancellationToken stop)
    {
        var queries = new ImageQueries(access);
        var kinds = await Task.WhenAll((filter.ImageTypes ?? Usable)
            .Select(type => TakeAsync(queries.ListAsync(filter with { ImageTypes = [type] }, regionId, stop), read, stop))).ConfigureAwait(false);
        return new([.. kinds.SelectMany(static k => k.Values).DistinctBy(static s => s.Value, StringComparer.Ordinal)], kinds.All(static k => k.IsWhole));
    }
}
