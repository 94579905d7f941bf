using System.Globalization;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>A part that has come in; its ETag is the MD5 of its bytes, without quotes.</summary>
internal sealed record Part(int Number, long Body, long Size, string ETag, ulong Crc64, DateTimeOffset ModifiedAt)
{
    public const int MostParts = 10_000;

    private const string Select = "SELECT number, body, size, etag, crc64, modified_at FROM oss_part WHERE upload = $upload ";

    public static List<Part> All(Session session, string upload) => Range(session, upload, 0, MostParts);

    public static List<Part> Range(Session session, string upload, int after, int count) => session.List(
        Select + "AND number > $after ORDER BY number LIMIT $count", Read, ("upload", upload), ("after", after), ("count", count));

    /// <summary>Puts it in the place of the part of its number.</summary>
    /// <returns>Whether contents may be left over.</returns>
    public bool Put(Session session, string upload)
    {
        var old = session.Scalar<long>("SELECT body FROM oss_part WHERE upload = $upload AND number = $number", ("upload", upload), ("number", Number));
        session.Execute("INSERT OR REPLACE INTO oss_part VALUES ($upload, $number, $body, $size, $etag, $crc64, $modified)",
            ("upload", upload), ("number", Number), ("body", Body), ("size", Size), ("etag", ETag), ("crc64", unchecked((long)Crc64)),
            ("modified", ModifiedAt.Milliseconds()));
        return old != 0 && BodyRows.Delete(session, old);
    }

    /// <summary>The number that the request gives.</summary>
    public static int NumberOf(OssCall call)
    {
        var text = call.Parameter("partNumber");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostParts
            ? number : throw OssError.Argument("partNumber", text);
    }

    private static Part Read(SqliteDataReader row) => new(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3),
        unchecked((ulong)row.GetInt64(4)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}
