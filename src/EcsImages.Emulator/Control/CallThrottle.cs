namespace EcsImages.Emulator.Control;

/// <summary>At most so many calls a second of each operation with each access key; that many may come at once.</summary>
internal sealed class CallThrottle(double perSecond, TimeProvider clock)
{
    // Whoever sends made-up keys only empties the books.
    private const int MostKept = 10_000;

    private readonly Dictionary<(string Key, string Operation), Allowance> _left = [];
    private readonly Lock _gate = new();
    private readonly double _burst = Math.Max(1, perSecond);

    /// <summary>How long the caller is to wait; null where the call may go on.</summary>
    public TimeSpan? Take(string? accessKeyId, string? operation)
    {
        var (who, now) = ((accessKeyId ?? "", operation ?? ""), clock.GetUtcNow());
        lock (_gate)
        {
            var left = _left.TryGetValue(who, out var known)
                ? Math.Min(_burst, known.Calls + (perSecond * Math.Max(0, (now - known.At).TotalSeconds))) : _burst;
            if (known is null && _left.Count >= MostKept) _left.Clear();
            var isAllowed = left >= 1;
            _left[who] = new(isAllowed ? left - 1 : left, now);
            return isAllowed ? null : TimeSpan.FromSeconds((1 - left) / perSecond);
        }
    }

    private sealed record Allowance(double Calls, DateTimeOffset At);
}
