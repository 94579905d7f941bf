using System.Runtime.CompilerServices;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Workflows;

public sealed class RegionFanOutTests
{
    private static readonly string[] Regions = [.. Enumerable.Range(0, 20).Select(static i => $"region-{i:00}")];

    [Fact]
    public async Task Twenty_regions_are_read_side_by_side_and_given_in_the_order_asked()
    {
        var under = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // No region answers before all are asked: read one after another, this would never end.
        async IAsyncEnumerable<IReadOnlyList<string>> Open(string region, [EnumeratorCancellation] CancellationToken stop)
        {
            if (Interlocked.Increment(ref under) == Regions.Length) all.SetResult();
            await all.Task.WaitAsync(stop);
            yield return [region];
        }
        var parts = await ReadAsync(Open, Regions.Length);
        Assert.Equal(Regions, parts.Select(static p => p.Items.Single()));
    }

    [Fact]
    public async Task No_more_regions_are_read_at_once_than_allowed()
    {
        var (under, most) = (0, 0);
        async IAsyncEnumerable<IReadOnlyList<string>> Open(string region, [EnumeratorCancellation] CancellationToken stop)
        {
            var now = Interlocked.Increment(ref under);
            lock (Regions) most = Math.Max(most, now);
            await Task.Yield();
            yield return [region];
            Interlocked.Decrement(ref under);
        }
        Assert.Equal(20, (await ReadAsync(Open, 3)).Count);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_region_that_fails_is_one_part_and_harms_no_other()
    {
        static async IAsyncEnumerable<IReadOnlyList<string>> Open(string region, [EnumeratorCancellation] CancellationToken stop)
        {
            await Task.Yield();
            if (region == Regions[5]) throw new EcsNotFoundException("X", "No such region.");
            yield return [region];
        }
        var parts = await ReadAsync(Open, 4);
        Assert.Equal(Regions, parts.Select(static p => p.RegionId));
        Assert.Equal(Regions[5], Assert.Single(parts, static p => p.Error is not null).RegionId);
    }

    private static async Task<List<RegionPart<string>>> ReadAsync(Func<string, CancellationToken, IAsyncEnumerable<IReadOnlyList<string>>> open, int atOnce)
    {
        var parts = new List<RegionPart<string>>();
        await foreach (var some in RegionFanOut.ReadAsync(Regions, open, atOnce, static e => e is EcsNotFoundException, default)) parts.AddRange(some);
        return parts;
    }
}
