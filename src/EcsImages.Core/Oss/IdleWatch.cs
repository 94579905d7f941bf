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
        Token = _both.Token;
    }

    /// <summary>How long nothing may move.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Fires when nothing has moved, and when the caller wants to stop.</summary>
    public CancellationToken Token { get; }

    /// <summary>Whether it fired because nothing moved.</summary>
    public bool IsIdle => _idle.IsCancellationRequested;

    /// <summary>Notes that something moved.</summary>
    public void Touch()
    {
        try
        {
            _idle.CancelAfter(Limit);
        }
        catch (ObjectDisposedException)
        {
            // The attempt is over: its answer came before the whole body was sent.
        }
    }

    public void Dispose()
    {
        _both.Dispose();
        _idle.Dispose();
    }
}
