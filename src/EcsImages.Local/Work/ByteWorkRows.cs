using EcsImages.Local.Contents;
using EcsImages.Local.Store;

namespace EcsImages.Local.Work;

/// <summary>The rows of what is under way, and the leases on them.</summary>
internal static class ByteWorkRows
{
    /// <summary>What the endpoint looks for on every call: by an index.</summary>
    internal const string FirstEnd =
        "SELECT coalesce(min(t.started_at + t.planned_ms), -1) FROM byte_work w JOIN task t ON t.id = w.task WHERE w.due_at IS NULL";

    /// <summary>When by the clock the first of those would be over whose bytes are still on their way; null where there are none.</summary>
    public static DateTimeOffset? FirstPlannedEnd(Session store) =>
        store.Scalar<long>(FirstEnd) is var at and >= 0 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public static void Insert(Session store, string task, IEnumerable<ByteWorkDisk> disks)
    {
        store.Execute("INSERT INTO byte_work (task) VALUES ($task)", ("task", task));
        var key = store.Scalar<long>("SELECT last_insert_rowid()");
        foreach (var d in disks)
            store.Execute(
                "INSERT INTO byte_work_disk (work, number, name, format, bucket, object, source, length) VALUES ($work, $number, $name, $format, $bucket, $object, $source, $length)",
                ("work", key), ("number", d.Number), ("name", d.Name), ("format", d.Format), ("bucket", d.Bucket), ("object", d.Key), ("source", d.Source), ("length", d.Length));
    }

    /// <summary>Takes the lease on the first work that nobody living holds.</summary>
    public static ByteWork? Claim(Database database, ContentFolder folder, string owner)
    {
        using (var looking = database.Read())
            if (FirstPlannedEnd(looking) is null) return null;
        using var store = database.Write();
        var open = store.List("SELECT key, owner FROM byte_work WHERE due_at IS NULL ORDER BY key", static r => (Key: r.GetInt64(0), Owner: r.IsDBNull(1) ? null : r.GetString(1)));
        foreach (var (key, holder) in open)
        {
            // One's own is left of a try that broke off.
            if (holder is not null && holder != owner && !ContentOwner.IsFree(folder, holder)) continue;
            store.Execute("UPDATE byte_work SET owner = $owner WHERE key = $key", ("owner", owner), ("key", key));
            var work = Find(store, key);
            store.Commit();
            return work;
        }
        return null;
    }

    /// <summary>Whether the work is still there, and this owner's: it may have been cancelled.</summary>
    public static bool IsHeld(Session store, ByteWork work, string owner) => store.Scalar<long>(
        "SELECT EXISTS (SELECT 1 FROM byte_work WHERE key = $key AND task = $task AND owner = $owner)", ("key", work.Key), ("task", work.Task), ("owner", owner)) != 0;

    public static ByteWork? Find(Session store, long key) => store.Single(
        "SELECT w.key, w.task, t.action, t.resource FROM byte_work w JOIN task t ON t.id = w.task WHERE w.key = $key",
        r => new ByteWork(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), Disks(store, key)), ("key", key));

    /// <summary>Forgets the work, and with it what it has kept.</summary>
    public static void Delete(Session store, string task) => store.Execute("DELETE FROM byte_work WHERE task = $task", ("task", task));

    /// <summary>Notes how far a disk is, and with it the whole.</summary>
    public static void KeepDone(Session store, ByteWork work, ByteWorkDisk disk, long done)
    {
        store.Execute("UPDATE byte_work_disk SET done = $done WHERE work = $work AND number = $number", ("done", done), ("work", work.Key), ("number", disk.Number));
        Show(store, work, disk, done);
    }

    /// <summary>Lets the task, and the image that it makes, show how far they are.</summary>
    public static void Show(Session store, ByteWork work, ByteWorkDisk disk, long done)
    {
        var percent = work.PercentAt(disk.Number, done);
        store.Execute("UPDATE task SET bytes_percent = $percent WHERE id = $task", ("percent", percent), ("task", work.Task));
        store.Execute("UPDATE image SET bytes_percent = $percent WHERE id = $image AND planned_ms IS NOT NULL", ("percent", percent), ("image", work.Resource));
    }

    /// <summary>The bytes are there: the task ends when the clock says so, now at the earliest.</summary>
    public static void Release(Session store, ByteWork work)
    {
        const string Duration = "max(planned_ms, $now - started_at)";
        store.Execute($"UPDATE task SET duration_ms = {Duration}, planned_ms = NULL WHERE id = $task", ("now", store.Now.Milliseconds()), ("task", work.Task));
    }

    /// <summary>The task ends now, and badly.</summary>
    public static void Fail(Session store, ByteWork work, int number, string code, string message)
    {
        store.Execute(
            "UPDATE task SET started_at = min(started_at, $now), duration_ms = max(0, $now - started_at), planned_ms = NULL, outcome = 'Failed' WHERE id = $task",
            ("now", store.Now.Milliseconds()), ("task", work.Task));
        store.Execute("UPDATE task_part SET error_code = $code, error_message = $message WHERE task = $task AND number = $number",
            ("code", code), ("message", message), ("task", work.Task), ("number", number));
        Delete(store, work.Task);
    }

    private static List<ByteWorkDisk> Disks(Session store, long key) => store.List(
        "SELECT number, name, format, bucket, object, source, length, done, result FROM byte_work_disk WHERE work = $key ORDER BY number",
        static r => new ByteWorkDisk(r.GetInt32(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetFieldValue<byte[]>(4),
            r.IsDBNull(5) ? null : r.GetString(5), r.GetInt64(6), r.GetInt64(7), r.IsDBNull(8) ? null : r.GetString(8)), ("key", key));
}
