namespace EcsImages.Local.Store;

/// <summary>Empties a folder but for its accounts, their keys and the time.</summary>
internal static class StoreReset
{
    // Contents go when nothing refers to them any longer.
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal) { "account", "clock", "content", "content_digest", "content_pin", "ram_user" };

    public static void Run(Session store)
    {
        store.Execute("PRAGMA defer_foreign_keys = ON");
        foreach (var table in store.List("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", static r => r.GetString(0)))
            if (!Kept.Contains(table)) store.Execute($"DELETE FROM \"{table}\"");
        store.Commit();
    }
}
