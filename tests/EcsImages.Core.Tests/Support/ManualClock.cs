namespace EcsImages.Core.Tests.Support;

/// <summary>A clock that only a test moves; waits that <see cref="Jumps"/> accepts pass at once, and are remembered.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private readonly List<TimeSpan> _jumped = [];
    private DateTimeOffset _now = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The waits that the clock jumps over.</summary>
    public Func<TimeSpan, bool> Jumps { get; init; } = static _ => false;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public IReadOnlyList<TimeSpan> Jumped
    {
        get { lock (_gate) return [.. _jumped]; }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        Alarm[] due;
        lock (_gate)
        {
            _now += by;
            due = [.. _alarms.Where(a => a.At <= _now).OrderBy(static a => a.At)];
            foreach (var alarm in due) _alarms.Remove(alarm);
        }
        foreach (var alarm in due) alarm.Ring();
    }

    private void Set(Alarm alarm, TimeSpan due)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            if (due == Timeout.InfiniteTimeSpan) return;
            alarm.At = _now + due;
            _alarms.Add(alarm);
            if (!Jumps(due)) return;
            _jumped.Add(due);
        }
        // Later and elsewhere: a timer must not ring within its own construction.
        ThreadPool.QueueUserWorkItem(_ => JumpTo(alarm));
    }

    private void JumpTo(Alarm alarm)
    {
        TimeSpan by;
        lock (_gate)
        {
            if (!_alarms.Contains(alarm)) return;
            by = alarm.At - _now;
        }
        Advance(by > TimeSpan.Zero ? by : TimeSpan.Zero);
    }

    private sealed class Alarm(ManualClock clock, Action ring) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
