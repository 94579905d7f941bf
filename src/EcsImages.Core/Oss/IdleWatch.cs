namespace EcsImages.Core.Oss;

/// <summary>Ends an attempt in which nothing moves any more, however long the whole takes.</summary>
internal sealed class IdleWatch : IDisposable
{
    private readonly CancellationTokenSource _idle;
    private readonly CancellationTokenSource _both;

    public IdleWatch(TimeSpan limit, TimeProvider clock, CancellationToken stop)
    {
        Limit = limit;
        _idle = new CancellationTokenSource(limit, clock);
        _both = CancellationTokenSource.CreateLinkedTokenSource(stop, _idle.Token);
    }

    /// <summary>How long nothing may move.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Fires when nothing has moved, and when the caller wants to stop.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>Whether it fired because nothing moved.</summary>
    public bool IsIdle => _idle.IsCancellationRequested;

    /// <summary>Notes that something moved.</summary>
    public void Touch() => _idle.CancelAfter(Limit);

    public void Dispose()
    {
        _both.Dispose();
        _idle.Dispose();
    }
}
