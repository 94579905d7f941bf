using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using EcsImages.Core.Workflows;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>One bar for all that a cmdlet waits for, at most ten times a second, ended on every way out.</summary>
internal sealed class ProgressBar(EcsCmdlet cmdlet, string activity, int count)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);
    private static int _activities;
    private readonly int _activityId = Interlocked.Increment(ref _activities);
    private readonly ConcurrentDictionary<Followed, FollowProgress> _known = new();
    private long _shown;
    private bool _visible;

    /// <summary>Notes how far one is; from any thread.</summary>
    public void Report(FollowProgress progress)
    {
        _known[progress.Item] = progress;
        cmdlet.Post(() => Show(progress));
    }

    /// <summary>Notes that one has ended.</summary>
    public void Done(Followed item) => _known[item] = new FollowProgress(item, "done", 100, 0);

    public void Complete()
    {
        if (!_visible || cmdlet.Stopping) return;
        cmdlet.WriteProgress(new ProgressRecord(_activityId, activity, "done") { RecordType = ProgressRecordType.Completed });
    }

    private void Show(FollowProgress latest)
    {
        if (_visible && Stopwatch.GetElapsedTime(_shown) < Least) return;
        _shown = Stopwatch.GetTimestamp();
        _visible = true;
        var all = _known.Values;
        var percent = all.Sum(static p => p.Percent ?? 0) / Math.Max(1, count);
        var status = count == 1
            ? $"{latest.Item.Id} in {latest.Item.RegionId}: {latest.State}"
            : $"{all.Count(static p => p.State == "done")} of {count} done; {latest.Item.Id} in {latest.Item.RegionId}: {latest.State}";
        cmdlet.WriteProgress(new ProgressRecord(_activityId, activity, status)
        {
            PercentComplete = Math.Clamp(percent, 0, 100),
            SecondsRemaining = all.Max(static p => p.SecondsLeft) ?? -1,
        });
    }
}
