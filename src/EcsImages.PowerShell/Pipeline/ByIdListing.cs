using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Parameters;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>Gets things by exact ids from one or several regions: each found is written, each missing is an error of its own.</summary>
internal static class ByIdListing
{
    // The service takes at most 100 ids in one call.
    private const int IdsInOneCall = 100;

    public static void GetById<T>(
        this EcsListCmdlet cmdlet, IEnumerable<string> given, string parameter, IReadOnlyList<string> regions,
        Func<IReadOnlyCollection<string>, string, CancellationToken, Task<IReadOnlyList<T>>> find, Func<T, string> idOf,
        Func<string, string, EcsNotFoundException> notFound, Func<T, bool>? isWanted = null)
    {
        var ids = new List<string>();
        foreach (var id in given) cmdlet.ForItem(id, () => ids.Add(Ids.Check(id, parameter)));
        var missing = new HashSet<string>(ids, StringComparer.Ordinal);
        var failed = false;
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(IdsInOneCall))
        {
            failed |= !cmdlet.StreamRegions(regions, (region, stop) => Once(() => find(some, region, stop)), (T found) =>
            {
                missing.Remove(idOf(found));
                if (isWanted?.Invoke(found) != false) cmdlet.WriteObject(found);
            });
        }
        // Where a region could not be asked, its error is written; an id that may be there is not called missing.
        if (failed) return;
        foreach (var id in ids.Where(missing.Contains)) cmdlet.Report(notFound(id, string.Join(", ", regions)), id);
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> Once<T>(Func<Task<IReadOnlyList<T>>> read)
    {
        yield return await read().ConfigureAwait(false);
    }
}
