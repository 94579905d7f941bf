using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Workflows;

/// <summary>One thing that is waited for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RegionId">Its region.</param>
internal sealed record Followed(string Id, string RegionId);

/// <summary>How far a thing is.</summary>
/// <param name="Item">Which.</param>
/// <param name="State">The service's word for its state.</param>
/// <param name="Percent">Percent done, if the service says so.</param>
/// <param name="SecondsLeft">Seconds left, if the service says so.</param>
internal sealed record FollowProgress(Followed Item, string? State, int? Percent, int? SecondsLeft);

/// <summary>How a wait ended: with the object as it is now, or with the reason why it cannot end well.</summary>
internal sealed record FollowEnd<T>(Followed Item, T? Result, Exception? Error);

/// <summary>What is to be known of a kind of thing so that it can be waited for.</summary>
internal sealed record FollowKind<T>
{
    /// <summary>Reads those of some things of one region that exist.</summary>
    public required Func<IReadOnlyCollection<string>, string, CancellationToken, Task<IReadOnlyList<T>>> Read { get; init; }

    /// <summary>The id of a thing.</summary>
    public required Func<T, string> Id { get; init; }

    /// <summary>Whether it has come to the state that is waited for.</summary>
    public required Func<T, bool> IsDone { get; init; }

    /// <summary>Why it never will; null while it may.</summary>
    public Func<T, Exception?> Failure { get; init; } = static _ => null;

    /// <summary>How far it is.</summary>
    public required Func<T, FollowProgress> Progress { get; init; }

    /// <summary>What its absence means: an error, or (null) that it is done, as after a deletion.</summary>
    public Func<Followed, Exception>? Missing { get; init; }

    /// <summary>How long something that was just made may be missing: the service's lists lag behind its writes.</summary>
    public TimeSpan MissingGrace { get; init; }
}

/// <summary>Things that are followed in the same way.</summary>
internal sealed record FollowGroup<T>(IReadOnlyCollection<Followed> Items, FollowKind<T> Kind);

/// <summary>Follows many things at once until each is done, gone wrong, or the time is over.</summary>
internal sealed class Following(TimeProvider clock)
{
    private const int IdsInOneCall = 100;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(5);

    // How long the service may be away: longer than an outage that mends itself, and no night.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // The last look has a little more than the time to wait; a timer holds no more than the longest.
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(5), LongestTimer = TimeSpan.FromDays(45);

    /// <summary>Each thing's end as it comes; the regions are asked side by side, all things of a region in one call.</summary>
    /// <param name="groups">What to follow, and how.</param>
    /// <param name="timeout">When to give up waiting; null never.</param>
    /// <param name="report">Hears of progress; from any thread.</param>
    /// <param name="stop">Ends the waiting at once, never the work at the service.</param>
    /// <remarks>A region that cannot be reached for some minutes is borne, so that hours of work are not given up for a moment of the network.</remarks>
    public async IAsyncEnumerable<FollowEnd<T>> EndsAsync<T>(
        IEnumerable<FollowGroup<T>> groups, TimeSpan? timeout, Action<FollowProgress> report, [EnumeratorCancellation] CancellationToken stop)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ends = Channel.CreateUnbounded<FollowEnd<T>>();
        var calls =
            from g in groups
            from region in g.Items.Distinct().GroupBy(static i => i.RegionId)
            from some in region.Chunk(IdsInOneCall)
            select FollowAsync(some, g.Kind, timeout, report, ends.Writer, abandoned.Token);
        var all = Task.WhenAll(calls);
        var completed = all.ContinueWith(t => ends.Writer.Complete(t.Exception?.InnerException ?? (t.IsCanceled ? new OperationCanceledException(stop) : null)),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var end in ends.Reader.ReadAllAsync(stop).ConfigureAwait(false)) yield return end;
        }
        finally
        {
            // A consumer that stops early must not leave calls going on behind its back.
            await abandoned.CancelAsync().ConfigureAwait(false);
            await completed.ConfigureAwait(false);
        }
    }

    private async Task FollowAsync<T>(
        Followed[] group, FollowKind<T> kind, TimeSpan? timeout, Action<FollowProgress> report, ChannelWriter<FollowEnd<T>> ends, CancellationToken stop)
    {
        var open = group.ToDictionary(static i => i.Id, StringComparer.Ordinal);
        var regionId = group[0].RegionId;
        var started = clock.GetTimestamp();
        var answered = started;
        var pause = First;
        Exception? away = null;
        using var over = new CancellationTokenSource(timeout < LongestTimer ? timeout.Value + LastLook : Timeout.InfiniteTimeSpan, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, over.Token);
        while (true)
        {
            try
            {
                await LookAsync(open, regionId, kind, clock.GetElapsedTime(started), report, ends, limit.Token).ConfigureAwait(false);
                (answered, away) = (clock.GetTimestamp(), null);
            }
            // The work at the service goes on while a network is down.
            catch (AcsException e) when (e.MayPass && clock.GetElapsedTime(answered) < Patience)
            {
                away = e;
            }
            catch (Exception e) when (e is AcsException or CredentialException)
            {
                foreach (var item in open.Values) ends.TryWrite(new(item, default, e));
                return;
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested && !stop.IsCancellationRequested)
            {
            }
            if (open.Count == 0) return;
            var left = timeout - clock.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                foreach (var item in open.Values) ends.TryWrite(new(item, default, new WaitTimedOutException(typeof(T), item.Id, item.RegionId, timeout!.Value, away)));
                return;
            }
            await Task.Delay(left < pause ? left.Value : pause, clock, stop).ConfigureAwait(false);
            pause = pause * 1.5 < Slowest ? pause * 1.5 : Slowest;
        }
    }

    private static async Task LookAsync<T>(
        Dictionary<string, Followed> open, string regionId, FollowKind<T> kind, TimeSpan waited, Action<FollowProgress> report, ChannelWriter<FollowEnd<T>> ends,
        CancellationToken stop)
    {
        var unseen = new HashSet<string>(open.Keys, StringComparer.Ordinal);
        foreach (var thing in await kind.Read(open.Keys, regionId, stop).ConfigureAwait(false))
        {
            if (!open.TryGetValue(kind.Id(thing), out var item)) continue;
            unseen.Remove(item.Id);
            report(kind.Progress(thing));
            var failure = kind.Failure(thing);
            if (failure is null && !kind.IsDone(thing)) continue;
            open.Remove(item.Id);
            ends.TryWrite(new(item, failure is null ? thing : default, failure));
        }
        if (kind.Missing is not null && waited < kind.MissingGrace) return;
        foreach (var id in unseen)
        {
            open.Remove(id, out var item);
            ends.TryWrite(new(item!, default, kind.Missing?.Invoke(item!)));
        }
    }
}

/// <summary>The time to wait is over; the work at the service goes on.</summary>
/// <param name="kind">The type of the objects that tell how it is.</param>
/// <param name="id">What was waited for.</param>
/// <param name="regionId">Its region.</param>
/// <param name="timeout">How long.</param>
/// <param name="away">Why the service could not be asked at the end; null where it could.</param>
public sealed class WaitTimedOutException(Type kind, string id, string regionId, TimeSpan timeout, Exception? away = null)
    : Exception($"'{id}' in {regionId} was not done after {timeout.TotalSeconds:0} s{(away is null ? "." : $", as far as is known: {away.Message}")} The work at the service goes on.", away)
{
    /// <summary>The type of the objects that tell how it is: ids do not tell an update of an image from an execution of a pipeline.</summary>
    public Type Kind => kind;

    /// <summary>What was waited for.</summary>
    public string Id => id;

    /// <summary>Its region.</summary>
    public string RegionId => regionId;
}
