using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>At most five images of a kind are made at once in a region of an account; each further one waits for the first place that falls free.</summary>
/// <remarks>
/// How long each takes is known, and so is when its turn comes: a waiting one has a start that lies ahead. Reading needs no change of rows,
/// then, and whoever asks gets the same answer; only a cancelled one lets those behind it move up.
/// </remarks>
internal sealed class WorkQueue
{
    public const int AtOnce = 5;

    private const string End = "coalesce(started_at + planned_ms, ready_at)";

    private readonly string _pending;

    private WorkQueue(string kind) => _pending = $"FROM image WHERE account = $account AND region = $region AND ready_at > $now AND {kind}";

    /// <summary>The copies into a region.</summary>
    public static WorkQueue Copies { get; } = new("is_copied = 1");

    /// <summary>The imports; that as many run at once as copies is our choice.</summary>
    public static WorkQueue Imports { get; } = new("made_by = 'ImportImage'");

    private sealed record Waiting(string Id, TimeSpan Duration, TimeSpan Planned);

    /// <summary>When one more would begin.</summary>
    public DateTimeOffset NextStart(Session store, string account, string region)
    {
        MoveUp(store, account, region);
        // Places fall free when the last five end: whatever else is on the list ends before them.
        var ends = store.List($"SELECT {End} {_pending} ORDER BY 1 DESC LIMIT $most", static r => r.GetInt64(0),
            ("account", account), ("region", region), ("now", store.Now.Milliseconds()), ("most", AtOnce));
        return Earliest(store.Now, ends);
    }

    /// <summary>Gives those that have not begun the first places that are free, in the order in which they were asked for.</summary>
    public void MoveUp(Session store, string account, string region)
    {
        (string, object?)[] values = [("account", account), ("region", region), ("now", store.Now.Milliseconds())];
        var waiting = store.List($"SELECT id, duration_ms, coalesce(planned_ms, duration_ms) {_pending} AND (started_at IS NULL OR started_at > $now) ORDER BY created_at, key",
            static r => new Waiting(r.GetString(0), TimeSpan.FromMilliseconds(r.GetInt64(1)), TimeSpan.FromMilliseconds(r.GetInt64(2))), values);
        if (waiting.Count == 0) return;
        var ends = store.List($"SELECT {End} {_pending} AND started_at <= $now", static r => r.GetInt64(0), values);
        foreach (var copy in waiting)
        {
            var start = Earliest(store.Now, [.. ends.OrderDescending().Take(AtOnce)]);
            ImageRows.Schedule(store, copy.Id, start, copy.Duration);
            ImageSnapshots.Start(store, copy.Id, start);
            TaskRow.Start(store, copy.Id, start);
            ends.Add((start + copy.Planned).Milliseconds());
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset now, List<long> lastEnds) =>
        lastEnds.Count < AtOnce || lastEnds[^1] <= now.Milliseconds() ? now : DateTimeOffset.FromUnixTimeMilliseconds(lastEnds[^1]);
}
