using System.Security.Cryptography;
using System.Text;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>A multipart upload that is under way.</summary>
internal sealed record Upload(string Id, string Bucket, byte[] Key, ObjectTraits Traits, DateTimeOffset StartedAt)
{
    private const string Columns = "id, key, storage_class, acl, headers, tags, started_at";

    public string KeyText => Encoding.UTF8.GetString(Key);

    public static string NewId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <exception cref="OssError">There is none of that id for that key.</exception>
    public static Upload Need(OssCall call, Session session)
    {
        var id = call.Parameter("uploadId") ?? "";
        return session.Single($"SELECT {Columns} FROM oss_upload WHERE id = $id AND bucket = $bucket AND key = $key", r => Read(r, call.BucketName),
            ("id", id), ("bucket", call.BucketName), ("key", call.Key)) ?? throw OssError.Of("NoSuchUpload", ("UploadId", id));
    }

    /// <summary>In order of keys, then of ids: from a key on, before another.</summary>
    public static List<Upload> Range(Session session, string bucket, byte[] from, string afterId, byte[]? before, int count) => session.List(
        $"""
        SELECT {Columns} FROM oss_upload
        WHERE bucket = $bucket AND (key, id) > ($from, $after) {(before is null ? "" : "AND key < $before ")}ORDER BY key, id LIMIT $count
        """,
        r => Read(r, bucket), ("bucket", bucket), ("from", from), ("after", afterId), ("before", before), ("count", count));

    public void Insert(Session session) => session.Execute(
        "INSERT INTO oss_upload VALUES ($id, $bucket, $key, $class, $acl, $headers, $tags, $started)",
        ("id", Id), ("bucket", Bucket), ("key", Key), ("class", Traits.StorageClass), ("acl", Traits.Acl),
        ("headers", Traits.HeaderText), ("tags", Traits.TagText), ("started", StartedAt.Milliseconds()));

    /// <summary>Removes it and the parts that are still its own.</summary>
    /// <returns>Whether contents may be left over.</returns>
    public bool Remove(Session session)
    {
        var parts = Part.All(session, Id);
        session.Execute("DELETE FROM oss_upload WHERE id = $id", ("id", Id));
        var frees = false;
        foreach (var part in parts) frees |= BodyRows.Delete(session, part.Body);
        return frees;
    }

    private static Upload Read(SqliteDataReader row, string bucket) => new(row.GetString(0), bucket, row.GetFieldValue<byte[]>(1),
        ObjectTraits.Of(row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));
}
