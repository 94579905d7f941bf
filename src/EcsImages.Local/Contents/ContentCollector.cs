using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Contents;

/// <summary>Removes contents that nothing refers to, and what ended processes have left behind.</summary>
/// <remarks>
/// A row is marked and committed before its file goes, and deleted after it. Only the files of this folder's own kind are
/// touched. The connection must not be in a transaction.
/// </remarks>
internal sealed class ContentCollector
{
    private readonly ContentFolder _folder;
    private readonly ContentOwner _owner;
    private readonly string _markUnreferenced;

    public ContentCollector(ContentFolder folder, ContentOwner owner, IReadOnlyList<ContentReference> references)
    {
        (_folder, _owner) = (folder, owner);
        var unreferenced = references.Append(new ContentReference("content_pin", "content_id")).Append(new ContentReference("content_part", "source"))
            .Select(static r => $" AND NOT EXISTS (SELECT 1 FROM \"{r.Table}\" r WHERE r.\"{r.Column}\" = content.id)");
        _markUnreferenced = "UPDATE content SET state = 'marked', owner = @me WHERE state = 'live'" + string.Concat(unreferenced);
    }

    /// <summary>Removes unreferenced live contents, then sweeps.</summary>
    /// <returns>How many contents were removed in all.</returns>
    public int Collect(SqliteConnection db, CancellationToken stop)
    {
        using (var transaction = db.BeginTransaction())
        {
            foreach (var owner in Read(db, transaction, "SELECT DISTINCT owner FROM content_pin", static r => r.GetString(0)))
                if (ContentOwner.IsFree(_folder, owner))
                    ContentRows.Run(db, transaction, "DELETE FROM content_pin WHERE owner = @owner", ("@owner", owner));
            // What a content is made of goes with it, and may leave others that nothing refers to.
            while (ContentRows.Run(db, transaction, _markUnreferenced, ("@me", _owner.Name)) > 0)
                ContentRows.Run(db, transaction, "DELETE FROM content_part WHERE content_id IN (SELECT id FROM content WHERE state = 'marked')");
            transaction.Commit();
        }
        return Sweep(db, stop);
    }

    /// <summary>Removes marked contents, pending ones whose owner is gone, and files that have no row.</summary>
    /// <returns>How many contents were removed.</returns>
    public int Sweep(SqliteConnection db, CancellationToken stop)
    {
        // The files first: a row is committed before its file exists, so a file without a row now is nobody's.
        var strays = _folder.ListContents().ToHashSet(StringComparer.Ordinal);
        var removed = 0;
        strays.ExceptWith(Read(db, null, "SELECT id FROM content", static r => r.GetString(0)));
        foreach (var id in strays)
        {
            stop.ThrowIfCancellationRequested();
            if (_folder.TryDelete(id)) removed++;
        }
        foreach (var (id, state, owner) in Read(db, null, "SELECT id, state, owner FROM content WHERE state <> 'live'",
            static r => (r.GetString(0), r.GetString(1), r.GetString(2))))
        {
            stop.ThrowIfCancellationRequested();
            if (Remove(db, id, state, owner)) removed++;
        }
        foreach (var owner in _folder.ListOwners()) ContentOwner.IsFree(_folder, owner);
        return removed;
    }

    private bool Remove(SqliteConnection db, string id, string state, string owner)
    {
        var mine = owner == _owner.Name;
        if (state == "pending")
        {
            // One's own pending rows have a writer at work.
            if (mine || !ContentOwner.IsFree(_folder, owner) || !ContentRows.MarkPending(db, id, owner, _owner.Name)) return false;
        }
        else if (!mine && !ContentOwner.IsFree(_folder, owner))
        {
            return false;
        }
        if (!_folder.TryDelete(id)) return false;
        ContentRows.DeleteMarked(db, id);
        return true;
    }

    private static List<T> Read<T>(SqliteConnection db, SqliteTransaction? transaction, string sql, Func<SqliteDataReader, T> row)
    {
        using var select = ContentRows.Command(db, transaction, sql);
        using var rows = select.ExecuteReader();
        var all = new List<T>();
        while (rows.Read()) all.Add(row(rows));
        return all;
    }
}
