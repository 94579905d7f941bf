namespace EcsImages.Emulator.Control;

/// <summary>The clock of the emulator: the machine's, moved by what a test asks for.</summary>
/// <remarks>What is committed never becomes younger: set back, asynchronous work stands still until the clock is where it was.</remarks>
internal sealed class EmulatorClock(TimeProvider machine) : TimeProvider
{
    private long _offsetTicks;

    /// <summary>How far it is ahead of the machine's clock.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _offsetTicks, (now - machine.GetUtcNow()).Ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _offsetTicks, by.Ticks);
}
