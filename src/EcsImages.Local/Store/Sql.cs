using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>Conversions between rows and our types.</summary>
internal static class Sql
{
    public static DateTimeOffset Time(this SqliteDataReader row, string column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(row.GetOrdinal(column)));

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, string column) =>
        row.GetOrdinal(column) is var i && row.IsDBNull(i) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(i));

    public static string Text(this SqliteDataReader row, string column) => row.GetString(row.GetOrdinal(column));

    public static string? TextOrNull(this SqliteDataReader row, string column) =>
        row.GetOrdinal(column) is var i && row.IsDBNull(i) ? null : row.GetString(i);

    public static int Int(this SqliteDataReader row, string column) => row.GetInt32(row.GetOrdinal(column));

    public static long Long(this SqliteDataReader row, string column) => row.GetInt64(row.GetOrdinal(column));

    public static bool Flag(this SqliteDataReader row, string column) => row.GetInt64(row.GetOrdinal(column)) != 0;

    public static long Milliseconds(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
