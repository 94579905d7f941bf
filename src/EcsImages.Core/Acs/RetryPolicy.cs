namespace EcsImages.Core.Acs;

/// <summary>When a call is sent again, and after how long: exponential backoff with full jitter, within a total time.</summary>
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

    /// <summary>Most attempts, the first included.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Numbers from 0 up to 1, for the jitter.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    internal bool Allows(Repeat repeat, AttemptOutcome outcome, int attempt, out TimeSpan delay)
    {
        delay = default;
        if (attempt >= MaxAttempts || !outcome.IsTransient) return false;
        // An operation that must not run twice is repeated only when the service says that it did not run.
        if (repeat is Repeat.Never && !outcome.WasRefused) return false;
        delay = outcome.RetryAfter is { } asked
            ? TimeSpan.FromTicks(Math.Min(asked.Ticks, MaxRetryAfter.Ticks))
            : TimeSpan.FromTicks((long)(Random() * Math.Min(MaxDelay.Ticks, BaseDelay.Ticks * Math.Pow(2, attempt - 1))));
        return true;
    }
}
