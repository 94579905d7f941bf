using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Bodies;

/// <summary>The bodies of objects and parts; each belongs to one of them.</summary>
internal static class BodyRows
{
    public static long Create(Session session)
    {
        session.Execute("INSERT INTO oss_body DEFAULT VALUES");
        return session.Scalar<long>("SELECT last_insert_rowid()");
    }

    public static void AddContent(Session session, long body, long start, long length, string contentId, long offset) => session.Execute(
        "INSERT INTO oss_piece (body, start, length, content_id, content_offset) VALUES ($body, $start, $length, $content, $offset)",
        ("body", body), ("start", start), ("length", length), ("content", contentId), ("offset", offset));

    public static void AddBytes(Session session, long body, long start, byte[] bytes) => session.Execute(
        "INSERT INTO oss_piece (body, start, length, bytes) VALUES ($body, $start, $length, $bytes)",
        ("body", body), ("start", start), ("length", bytes.Length), ("bytes", bytes));

    /// <summary>Lengthens the last piece, where that has bytes of its own and stays small; false where nothing was done.</summary>
    public static bool TryExtend(Session session, long body, long at, byte[] bytes, int most) => session.Execute(
        """
        UPDATE oss_piece SET bytes = CAST(bytes || $bytes AS BLOB), length = length + $length
        WHERE body = $body AND start + length = $at AND bytes IS NOT NULL AND length + $length <= $most
        """,
        ("body", body), ("at", at), ("bytes", bytes), ("length", bytes.Length), ("most", most)) > 0;

    /// <summary>Puts all pieces of another body behind what is there; contents are shared, not copied.</summary>
    public static void AddAll(Session session, long body, long at, long source) => session.Execute(
        """
        INSERT INTO oss_piece (body, start, length, content_id, content_offset, bytes)
        SELECT $body, start + $at, length, content_id, content_offset, bytes FROM oss_piece WHERE body = $source
        """,
        ("body", body), ("at", at), ("source", source));

    /// <summary>Takes all pieces of another body, which is gone then.</summary>
    public static void TakeAll(Session session, long body, long at, long source)
    {
        session.Execute("UPDATE oss_piece SET body = $body, start = start + $at WHERE body = $source", ("body", body), ("at", at), ("source", source));
        session.Execute("DELETE FROM oss_body WHERE id = $source", ("source", source));
    }

    /// <summary>The pieces that a range touches, cut to it; the first begins at 0.</summary>
    public static List<Piece> Read(Session session, long body, long start, long length) => length == 0 ? [] :
    [
        .. session.List(
            """
            SELECT id, start, length, content_id, content_offset FROM oss_piece
            WHERE body = $body AND start < $end
              AND start >= (SELECT max(start) FROM oss_piece WHERE body = $body AND start <= $start)
            ORDER BY start
            """,
            static r => new Piece(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetInt64(4)),
            ("body", body), ("start", start), ("end", start + length)).Select(p => p.Within(start, start + length)),
    ];

    /// <summary>The bytes that the row of a piece holds.</summary>
    public static byte[] Bytes(Session session, Piece piece) =>
        session.Single("SELECT bytes FROM oss_piece WHERE id = $id", static r => r.GetFieldValue<byte[]>(0), ("id", piece.Id))
        ?? throw new InvalidOperationException($"The piece {piece.Id} is not in this transaction.");

    /// <summary>Removes a body that nothing refers to any more.</summary>
    /// <returns>Whether contents may be left over.</returns>
    public static bool Delete(Session session, long body)
    {
        var hasContents = session.Scalar<long>(
            "SELECT EXISTS (SELECT 1 FROM oss_piece WHERE body = $body AND content_id IS NOT NULL)", ("body", body)) != 0;
        session.Execute("DELETE FROM oss_body WHERE id = $body", ("body", body));
        return hasContents;
    }
}
