namespace EcsImages.Core.Acs.Credentials;

/// <summary>A temporary key that is fetched once for all who ask, and renewed before it ends.</summary>
/// <remarks>Source: the official clients renew a session 15 minutes before its end, and use one that cannot be renewed until it really ends.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "A SemaphoreSlim whose wait handle is not used holds nothing to dispose.")]
internal sealed class RenewedSession(Func<CancellationToken, Task<AcsCredential>> fetch, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RenewalTime = TimeSpan.FromSeconds(10);

    // What failed just now is not asked again with every call.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Held? _held;

    /// <exception cref="AcsException">The service that hands it out refused, and there is no session that still lives.</exception>
    /// <exception cref="CredentialException">The same, or its answer was of no use.</exception>
    public async ValueTask<AcsCredential> GetAsync(CancellationToken stop)
    {
        var held = Volatile.Read(ref _held);
        if (held is not null && clock.GetUtcNow() < held.RenewAt) return held.Key;
        // Who comes while another renews goes on with the session that still lives.
        if (!await _one.WaitAsync(IsAlive(held) ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false)) return held!.Key;
        try
        {
            held = _held;
            if (held is not null && clock.GetUtcNow() < held.RenewAt) return held.Key;
            held = IsAlive(held) ? await RenewAsync(held!, stop).ConfigureAwait(false) : await FetchAsync(stop).ConfigureAwait(false);
            Volatile.Write(ref _held, held);
            return held.Key;
        }
        finally
        {
            _one.Release();
        }
    }

    // While the old session lives, a slow or failing service must not cost the caller its own time.
    private async Task<Held> RenewAsync(Held old, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(RenewalTime, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            return await FetchAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsAlive(old)
            && (e is AcsException or CredentialException || (e is OperationCanceledException && !stop.IsCancellationRequested)))
        {
            var later = clock.GetUtcNow() + Pause;
            return old with { RenewAt = later < old.End ? later : old.End };
        }
    }

    private async Task<Held> FetchAsync(CancellationToken stop)
    {
        var key = await fetch(stop).ConfigureAwait(false);
        var (now, end) = (clock.GetUtcNow(), key.Expiration!.Value);
        if (end <= now)
            throw new CredentialException("InvalidSession", $"The session ended at {end:u}, before it came. Set the clock of this machine right, which says {now:u}; or that of the service.");
        // A session shorter than half an hour would be renewed all the time.
        var half = (end - now) / 2;
        return new Held(key, end, end - (half < Early ? half : Early));
    }

    private bool IsAlive(Held? held) => held is not null && clock.GetUtcNow() < held.End;

    private sealed record Held(AcsCredential Key, DateTimeOffset End, DateTimeOffset RenewAt);
}
