namespace EcsImages.Core.Acs;

/// <summary>When a call is sent again, and after how long: exponential backoff with full jitter, for as long as the time of the call lasts.</summary>
public sealed record RetryPolicy
{
    /// <summary>The first delay's upper bound; it doubles with each attempt.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>No delay is longer, but for one that the service asks for.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest delay that the service may ask for.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The time that a call has, with all its attempts and delays.</summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The time that one attempt has.</summary>
    public TimeSpan AttemptTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time for a host that cannot be found or connected to, and never was: an address that is wrong does not get right by waiting.</summary>
    public TimeSpan UnreachableTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most attempts, the first included. The time ends a call long before, unless the service asks for next to no pauses.</summary>
    public int MaxAttempts { get; init; } = 100;

    /// <summary>Most attempts where a success makes no sense, as the page that a proxy wants people to log in at.</summary>
    public int MaxUnreadable { get; init; } = 8;

    /// <summary>Numbers from 0 up to 1, for the jitter.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <param name="repeat">Whether the operation may run twice.</param>
    /// <param name="outcome">What the last attempt came to.</param>
    /// <param name="attempt">Its number.</param>
    /// <param name="spent">The time since the first.</param>
    /// <param name="delay">The pause before the next.</param>
    internal bool Allows(Repeat repeat, AttemptOutcome outcome, int attempt, TimeSpan spent, out TimeSpan delay)
    {
        delay = default;
        if (attempt >= (outcome.IsUnreadableSuccess ? Math.Min(MaxUnreadable, MaxAttempts) : MaxAttempts) || !outcome.IsTransient) return false;
        // An operation that must not run twice is repeated only when the service says that it did not run.
        if (repeat is Repeat.Never && !outcome.WasRefused) return false;
        delay = outcome.RetryAfter is { } asked
            ? TimeSpan.FromTicks(Math.Min(asked.Ticks, MaxRetryAfter.Ticks))
            : TimeSpan.FromTicks((long)(Random() * Math.Min(MaxDelay.Ticks, BaseDelay.Ticks * Math.Pow(2, attempt - 1))));
        // A pause that outlasts the time would only put off what is known now. A first failure may be one of the moment.
        return spent + delay < (outcome.IsUnreachable && attempt > 1 ? UnreachableTime : TotalTime);
    }
}
