using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Contents;

/// <summary>A content as the database has it.</summary>
internal sealed record ContentRow(string Id, long Length, long Allocated);

/// <summary>The rows of contents, statement by statement. With no transaction each statement commits on its own.</summary>
internal static class ContentRows
{
    public static void InsertPending(SqliteConnection db, string id, string owner, long length, DateTimeOffset now) =>
        Run(db, null, "INSERT INTO content (id, state, owner, length, created) VALUES (@id, 'pending', @owner, @length, @created)",
            ("@id", id), ("@owner", owner), ("@length", length), ("@created", now.ToUnixTimeMilliseconds()));

    public static bool MakeLive(SqliteTransaction transaction, string id, string? kind, long length, long allocated) =>
        Run(transaction.Connection!, transaction,
            "UPDATE content SET state = 'live', owner = NULL, kind = @kind, length = @length, allocated = @allocated WHERE id = @id AND state = 'pending'",
            ("@id", id), ("@kind", (object?)kind ?? DBNull.Value), ("@length", length), ("@allocated", allocated)) == 1;

    /// <summary>From pending to marked, for whoever removes it; false where it is no longer that owner's pending row.</summary>
    public static bool MarkPending(SqliteConnection db, string id, string from, string to) =>
        Run(db, null, "UPDATE content SET state = 'marked', owner = @to WHERE id = @id AND state = 'pending' AND owner = @from",
            ("@id", id), ("@from", from), ("@to", to)) == 1;

    public static void DeleteMarked(SqliteConnection db, string id) =>
        Run(db, null, "DELETE FROM content WHERE id = @id AND state = 'marked'", ("@id", id));

    public static ContentRow? FindLive(SqliteConnection db, SqliteTransaction? transaction, string id) =>
        Find(db, transaction, "SELECT id, length, allocated FROM content WHERE id = @value AND state = 'live'", id);

    public static ContentRow? FindKind(SqliteConnection db, SqliteTransaction? transaction, string kind) =>
        Find(db, transaction, "SELECT id, length, allocated FROM content WHERE kind = @value AND state = 'live'", kind);

    public static void Pin(SqliteTransaction transaction, string id, string owner) =>
        Run(transaction.Connection!, transaction, "INSERT OR IGNORE INTO content_pin (content_id, owner) VALUES (@id, @owner)",
            ("@id", id), ("@owner", owner));

    public static void InsertDigests(SqliteTransaction transaction, string id, DigestTable digests)
    {
        using var insert = Command(transaction.Connection!, transaction,
            "INSERT INTO content_digest (content_id, page, digests) VALUES (@id, @page, @digests)", ("@id", id));
        var page = insert.Parameters.Add("@page", SqliteType.Integer);
        var bytes = insert.Parameters.Add("@digests", SqliteType.Blob);
        foreach (var (number, value) in digests.Pages)
        {
            (page.Value, bytes.Value) = (number, value);
            insert.ExecuteNonQuery();
        }
    }

    public static DigestTable ReadDigests(SqliteConnection db, SqliteTransaction? transaction, string id)
    {
        var digests = new DigestTable();
        using var select = Command(db, transaction,
            "SELECT page, digests FROM content_digest WHERE content_id = @id ORDER BY page", ("@id", id));
        using var rows = select.ExecuteReader();
        while (rows.Read()) digests.Add(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
        return digests;
    }

    public static SqliteCommand Command(
        SqliteConnection db, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = db.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // every text is a constant, or made of names that ContentReference has checked
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }

    public static int Run(
        SqliteConnection db, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(db, transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private static ContentRow? Find(SqliteConnection db, SqliteTransaction? transaction, string sql, string value)
    {
        using var select = Command(db, transaction, sql, ("@value", value));
        using var rows = select.ExecuteReader();
        return rows.Read() ? new ContentRow(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)) : null;
    }
}
