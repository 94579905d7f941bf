namespace EcsImages.Local.Store;

/// <summary>Time that never goes back: neither when the machine's clock does, nor when another process is ahead.</summary>
internal static class StoreClock
{
    public static DateTimeOffset Read(Session session, TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(
            clock.GetUtcNow().ToUnixTimeMilliseconds(), session.Scalar<long>("SELECT highest FROM clock")));

    public static void Keep(Session session) =>
        session.Execute("UPDATE clock SET highest = max(highest, $now)", ("now", session.Now.ToUnixTimeMilliseconds()));
}
