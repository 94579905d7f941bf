using EcsImages.Local.Tests.Contents;

namespace EcsImages.Local.Tests.Imports;

/// <summary>A clock that stops the world where it is asked for the nth time: it copies the folder as a process that is killed there leaves it.</summary>
internal sealed class KillingClock(ManualClock clock, string folder, string copy) : TimeProvider
{
    private int _asked;

    /// <summary>0 counts only.</summary>
    public int At { get; set; }

    public int Asked => _asked;

    /// <summary>Begins to count.</summary>
    public void Reset() => _asked = 0;

    public override DateTimeOffset GetUtcNow()
    {
        // Asked at the beginning of a transaction, when nothing is half-written by anyone.
        if (Interlocked.Increment(ref _asked) == At) Assert.Equal(0, Tool.Run("cp", "-r", "--sparse=always", folder, copy).ExitCode);
        return clock.Now;
    }
}
