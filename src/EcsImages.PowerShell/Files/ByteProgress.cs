using System.Diagnostics;
using System.Management.Automation;
using EcsImages.Core.Disks;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>A bar for work on bytes, at most ten times a second, with the time left by the pace so far.</summary>
internal sealed class ByteProgress(EcsCmdlet cmdlet, string activity) : IProgress<(string Work, DiskCopyProgress Done)>, IDisposable
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100), LeastForPace = TimeSpan.FromSeconds(1);
    private static int _activities;
    private readonly int _activityId = 1000 + Interlocked.Increment(ref _activities);
    private readonly object _showing = new();
    private long _began = Stopwatch.GetTimestamp(), _shown;
    private string _work = "";
    private volatile bool _isVisible;

    /// <summary>Notes how far the work is; from any thread.</summary>
    public void Report((string Work, DiskCopyProgress Done) value)
    {
        lock (_showing)
        {
            if (_work != value.Work) (_work, _began) = (value.Work, Stopwatch.GetTimestamp());
            else if (_isVisible && Stopwatch.GetElapsedTime(_shown) < Least) return;
            _shown = Stopwatch.GetTimestamp();
            _isVisible = true;
        }
        var (done, total) = value.Done;
        var elapsed = Stopwatch.GetElapsedTime(_began);
        var left = done > 0 && elapsed >= LeastForPace ? (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * (total - done) / done) : -1;
        var record = new ProgressRecord(_activityId, activity, $"{value.Work}: {Sizes.Text(done)} of {Sizes.Text(total)}")
        {
            PercentComplete = total > 0 ? (int)Math.Clamp(100 * (double)done / total, 0, 100) : 100,
            SecondsRemaining = left,
        };
        cmdlet.Post(() => cmdlet.WriteProgress(record));
    }

    /// <summary>Ends the bar; by the pipeline thread.</summary>
    public void Dispose()
    {
        if (!_isVisible || cmdlet.Stopping) return;
        cmdlet.WriteProgress(new ProgressRecord(_activityId, activity, "done") { RecordType = ProgressRecordType.Completed });
    }
}
