using EcsImages.Core.Acs;

namespace EcsImages.PowerShell.Completion;

/// <summary>What completers have read. A reading goes on behind a prompt that does not wait for it any longer, and the next Tab finds what came of it.</summary>
internal sealed class LiveReadings
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Dictionary<ReadingKey, Reading> _readings = [];

    /// <summary>What a reading gives within 300 ms; else what the one before it gave.</summary>
    /// <param name="key">What is read.</param>
    /// <param name="read">Reads it; from another thread.</param>
    public Suggestions Get(ReadingKey key, Func<CancellationToken, Task<Suggestions>> read)
    {
        var reading = Find(key, read);
        try
        {
            return reading.Values.WaitAsync(Patience).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or AcsException or CredentialException or ArgumentException or ObjectDisposedException)
        {
            return reading.Earlier;
        }
    }

    private Reading Find(ReadingKey key, Func<CancellationToken, Task<Suggestions>> read)
    {
        lock (_readings)
        {
            var known = _readings.GetValueOrDefault(key);
            if (known is not null && known.Serves(Fresh)) return known;
            foreach (var (other, old) in _readings.ToArray())
                if (!old.Serves(Kept)) _readings.Remove(other);
            return _readings[key] = new Reading(read, known?.Latest ?? Suggestions.None);
        }
    }

    private sealed class Reading
    {
        private readonly long _begun = Environment.TickCount64;

        public Reading(Func<CancellationToken, Task<Suggestions>> read, Suggestions earlier)
        {
            Earlier = earlier;
            Values = Task.Run(async () =>
            {
                using var limit = new CancellationTokenSource(Deadline);
                return await read(limit.Token).ConfigureAwait(false);
            });
        }

        public Task<Suggestions> Values { get; }

        public Suggestions Earlier { get; }

        public Suggestions Latest => Values.IsCompletedSuccessfully ? Values.Result : Earlier;

        /// <summary>Whether it is under way, or has given something not too long ago.</summary>
        public bool Serves(TimeSpan age) => !Values.IsCompleted || (Values.IsCompletedSuccessfully && Environment.TickCount64 - _begun < age.TotalMilliseconds);
    }
}

/// <summary>What is read, for whom and where.</summary>
/// <param name="Completer">What it completes.</param>
/// <param name="Account">Who asks whom.</param>
/// <param name="RegionId">The region.</param>
/// <param name="Part">What the service narrows by; null for all.</param>
internal sealed record ReadingKey(Type Completer, string Account, string RegionId, string? Part);
