using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss.Buckets;

/// <summary>A bucket. Its name is one over all accounts and regions.</summary>
internal sealed record Bucket(
    string Name, string Account, string Region, string Acl, string StorageClass, string Redundancy, DateTimeOffset CreatedAt)
{
    private const string Select = "SELECT name, account, region, acl, storage_class, redundancy, created_at FROM oss_bucket ";

    public string Location => "oss-" + Region;

    public static Bucket? Find(Session session, string name) => session.Single(Select + "WHERE name = $name", Read, ("name", name));

    /// <summary>By name, in all regions.</summary>
    public static List<Bucket> Of(Session session, string account) =>
        session.List(Select + "WHERE account = $account ORDER BY name", Read, ("account", account));

    public void Insert(Session session) => session.Execute(
        "INSERT INTO oss_bucket (name, account, region, acl, storage_class, redundancy, created_at) VALUES ($name, $account, $region, $acl, $class, $redundancy, $created)",
        ("name", Name), ("account", Account), ("region", Region), ("acl", Acl), ("class", StorageClass), ("redundancy", Redundancy),
        ("created", CreatedAt.Milliseconds()));

    private static Bucket Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));
}
