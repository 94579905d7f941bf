using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace EcsImages.Core.Workflows;

/// <summary>A page of a region, or the failure of a region.</summary>
internal sealed record RegionPart<T>(string RegionId, IReadOnlyList<T> Items, Exception? Error);

/// <summary>Reads many regions side by side, and gives their pages in the order of the regions.</summary>
internal static class RegionFanOut
{
    // How many pages of a region may wait until its turn comes.
    private const int PagesAhead = 4;

    /// <param name="regions">In the order in which they are given.</param>
    /// <param name="open">The pages of a region.</param>
    /// <param name="atOnce">Most regions that are read at a time.</param>
    /// <param name="isOfOneRegion">Whether a failure leaves the other regions unharmed; any other ends the reading.</param>
    /// <param name="stop">Ends the reading.</param>
    public static async IAsyncEnumerable<IReadOnlyList<RegionPart<T>>> ReadAsync<T>(
        IReadOnlyList<string> regions, Func<string, CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> open,
        int atOnce, Func<Exception, bool> isOfOneRegion, [EnumeratorCancellation] CancellationToken stop)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var gate = new SemaphoreSlim(atOnce, atOnce);
        var readings = regions.Select(region =>
        {
            var pages = Channel.CreateBounded<RegionPart<T>>(PagesAhead);
            return (Pages: pages.Reader, Task: ReadAsync(region, open, gate, pages.Writer, isOfOneRegion, abandoned.Token));
        }).ToArray();
        try
        {
            foreach (var (pages, task) in readings)
            {
                await foreach (var part in pages.ReadAllAsync(abandoned.Token).ConfigureAwait(false)) yield return [part];
                await task.ConfigureAwait(false);
            }
        }
        finally
        {
            await abandoned.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(readings.Select(static r => r.Task)).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync<T>(
        string region, Func<string, CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> open, SemaphoreSlim gate,
        ChannelWriter<RegionPart<T>> pages, Func<Exception, bool> isOfOneRegion, CancellationToken stop)
    {
        Exception? fatal = null;
        try
        {
            await gate.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                await foreach (var page in open(region, stop).ConfigureAwait(false))
                    await pages.WriteAsync(new(region, page, null), stop).ConfigureAwait(false);
            }
            catch (Exception e) when (isOfOneRegion(e))
            {
                await pages.WriteAsync(new(region, [], e), stop).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        }
        catch (Exception e) when (!isOfOneRegion(e))
        {
            fatal = e;
            throw;
        }
        finally
        {
            pages.TryComplete(fatal);
        }
    }
}
