using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>At most five copies run at once into a region of an account; each further one waits for the first place that falls free.</summary>
/// <remarks>
/// How long each copy takes is known, and so is when its turn comes: a waiting copy has a start that lies ahead. Reading needs no change of rows,
/// then, and whoever asks gets the same answer; only a cancelled copy lets those behind it move up.
/// </remarks>
internal static class CopyQueue
{
    public const int AtOnce = 5;

    private const string Pending = "FROM image WHERE account = $account AND region = $region AND ready_at > $now AND is_copied = 1";

    private sealed record Waiting(string Id, TimeSpan Duration);

    /// <summary>When one more copy would begin.</summary>
    public static DateTimeOffset NextStart(Session store, string account, string region)
    {
        MoveUp(store, account, region);
        // Places fall free when the last five end: whatever else is on the list ends before them.
        var ends = store.List($"SELECT ready_at {Pending} ORDER BY ready_at DESC LIMIT $most", static r => r.GetInt64(0),
            ("account", account), ("region", region), ("now", store.Now.Milliseconds()), ("most", AtOnce));
        return Earliest(store.Now, ends);
    }

    /// <summary>Gives those that have not begun the first places that are free, in the order in which they were asked for.</summary>
    public static void MoveUp(Session store, string account, string region)
    {
        (string, object?)[] values = [("account", account), ("region", region), ("now", store.Now.Milliseconds())];
        var waiting = store.List($"SELECT id, duration_ms {Pending} AND (started_at IS NULL OR started_at > $now) ORDER BY created_at, key",
            static r => new Waiting(r.GetString(0), TimeSpan.FromMilliseconds(r.GetInt64(1))), values);
        if (waiting.Count == 0) return;
        var ends = store.List($"SELECT ready_at {Pending} AND started_at <= $now", static r => r.GetInt64(0), values);
        foreach (var copy in waiting)
        {
            var start = Earliest(store.Now, [.. ends.OrderDescending().Take(AtOnce)]);
            ImageRows.Schedule(store, copy.Id, start, copy.Duration);
            ImageSnapshots.Start(store, copy.Id, start);
            ends.Add((start + copy.Duration).Milliseconds());
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset now, List<long> lastEnds) =>
        lastEnds.Count < AtOnce ? now : DateTimeOffset.FromUnixTimeMilliseconds(lastEnds[^1]);
}
