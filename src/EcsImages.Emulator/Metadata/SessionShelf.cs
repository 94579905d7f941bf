using EcsImages.Core.Acs;

namespace EcsImages.Emulator.Metadata;

/// <summary>Hands out the same session until half of its life is over, as the service does: who asks often makes no heap of keys.</summary>
internal sealed class SessionShelf(ISessionKeys keys, TimeProvider clock)
{
    // Of different accounts, roles and durations.
    private const int Most = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Account, string Role, TimeSpan Duration), Issued> _issued = [];

    /// <exception cref="ArgumentException">There is no such account or role.</exception>
    public async Task<Issued> GetAsync(string account, string role, TimeSpan duration, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
            if (_issued.TryGetValue((account, role, duration), out var known) && IsYoung(known, now)) return known;
        var issued = new Issued(await keys.IssueAsync(account, role, duration, stop).ConfigureAwait(false), now);
        lock (_gate)
        {
            if (_issued.Count == Most) _issued.Clear();
            _issued[(account, role, duration)] = issued;
        }
        return issued;
    }

    /// <summary>Forgets them; the next ones are new.</summary>
    public void Clear()
    {
        lock (_gate) _issued.Clear();
    }

    // A clock that was set back before its beginning makes it no session of now.
    private static bool IsYoung(Issued session, DateTimeOffset now) =>
        now >= session.At && session.Key.Expiration!.Value - now > (session.Key.Expiration.Value - session.At) / 2;
}

/// <summary>A session, and when it began.</summary>
internal sealed record Issued(AcsCredential Key, DateTimeOffset At);
