using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Contents;

/// <summary>A range of a composed content: a range of another content, or bytes of its own.</summary>
/// <param name="Start">Where it stands in the composed content.</param>
/// <param name="Length">In bytes, above 0.</param>
/// <param name="Source">The other content; null where it has bytes.</param>
/// <param name="Offset">Where it begins in the other content.</param>
/// <param name="Bytes">Null where there is a source.</param>
internal sealed record ContentPart(long Start, long Length, string? Source, long Offset, byte[]? Bytes)
{
    public long End => Start + Length;
}

/// <summary>Contents that are made of ranges of others, so that nothing is copied: what they share stays for as long as they do.</summary>
internal static class ComposedContent
{
    /// <summary>A live content of these parts, in the transaction of the row that uses it. The sources are live, and referred to.</summary>
    /// <returns>The id of the new content; that of the source, where one part is the whole of one.</returns>
    public static string Create(SqliteTransaction transaction, IReadOnlyList<ContentPart> parts, DateTimeOffset now)
    {
        var db = transaction.Connection!;
        if (parts is [{ Start: 0, Offset: 0, Source: { } whole } only] && ContentRows.FindLive(db, transaction, whole)?.Length == only.Length) return whole;
        parts = [.. parts.SelectMany(p => Flat(db, transaction, p))];
        var id = ContentFolder.NewId();
        ContentRows.Run(db, transaction, "INSERT INTO content (id, state, length, allocated, created) VALUES (@id, 'live', @length, @allocated, @created)",
            ("@id", id), ("@length", parts.Count == 0 ? 0 : parts[^1].End), ("@allocated", parts.Sum(static p => p.Length)), ("@created", now.ToUnixTimeMilliseconds()));
        foreach (var part in parts)
            ContentRows.Run(db, transaction, "INSERT INTO content_part VALUES (@id, @start, @length, @source, @offset, @bytes)",
                ("@id", id), ("@start", part.Start), ("@length", part.Length), ("@source", (object?)part.Source ?? DBNull.Value), ("@offset", part.Offset),
                ("@bytes", (object?)part.Bytes ?? DBNull.Value));
        return id;
    }

    /// <summary>In order; none for a content that has a file.</summary>
    public static List<ContentPart> PartsOf(SqliteConnection db, SqliteTransaction? transaction, string id)
    {
        using var select = ContentRows.Command(db, transaction,
            "SELECT start, length, source, source_offset, bytes FROM content_part WHERE content_id = @id ORDER BY start", ("@id", id));
        using var rows = select.ExecuteReader();
        var parts = new List<ContentPart>();
        while (rows.Read())
            parts.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.IsDBNull(2) ? null : rows.GetString(2), rows.GetInt64(3),
                rows.IsDBNull(4) ? null : rows.GetFieldValue<byte[]>(4)));
        return parts;
    }

    // Parts refer to contents that have files, so that nobody need follow them twice.
    private static IEnumerable<ContentPart> Flat(SqliteConnection db, SqliteTransaction transaction, ContentPart part)
    {
        if (part.Source is null || PartsOf(db, transaction, part.Source) is not { Count: > 0 } inner) return [part];
        var (from, to) = (part.Offset, part.Offset + part.Length);
        return inner.Where(p => p.Start < to && p.End > from).Select(p =>
        {
            var (first, last) = (Math.Max(from, p.Start), Math.Min(to, p.End));
            var skipped = first - p.Start;
            return new ContentPart(part.Start + first - from, last - first, p.Source, p.Source is null ? 0 : p.Offset + skipped,
                p.Bytes?[(int)skipped..(int)(last - p.Start)]);
        });
    }
}
