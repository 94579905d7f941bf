using System.Text;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oss.Objects;

/// <summary>An object: what is known of it, and which body has its bytes.</summary>
internal sealed record StoredObject
{
    public const string Normal = "Normal", Multipart = "Multipart", Appendable = "Appendable";

    private const string Columns = "key, body, size, type, etag, md5, crc64, storage_class, acl, headers, tags, modified_at";

    public required string Bucket { get; init; }

    public required byte[] Key { get; init; }

    public required long Body { get; init; }

    public required long Size { get; init; }

    public required string Type { get; init; }

    /// <summary>With quotes.</summary>
    public required string ETag { get; init; }

    /// <summary>Base64; empty where the bytes did not come in one piece.</summary>
    public string Md5 { get; init; } = "";

    public required ulong Crc64 { get; init; }

    public required ObjectTraits Traits { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    public string KeyText => Encoding.UTF8.GetString(Key);

    /// <summary>To the second, as HTTP knows it.</summary>
    public DateTimeOffset LastModified => DateTimeOffset.FromUnixTimeSeconds(ModifiedAt.ToUnixTimeSeconds());

    public static StoredObject? Find(Session session, string bucket, byte[] key) => session.Single(
        $"SELECT {Columns} FROM oss_object WHERE bucket = $bucket AND key = $key", r => Read(r, bucket), ("bucket", bucket), ("key", key));

    /// <exception cref="OssError">There is none of that key.</exception>
    public static StoredObject Need(Session session, string bucket, byte[] key) =>
        Find(session, bucket, key) ?? throw OssError.Of("NoSuchKey", ("Key", Encoding.UTF8.GetString(key)));

    /// <summary>In byte order: from a key on, before another.</summary>
    public static List<StoredObject> Range(Session session, string bucket, byte[] from, byte[]? before, int count) => session.List(
        $"SELECT {Columns} FROM oss_object WHERE bucket = $bucket AND key >= $from {(before is null ? "" : "AND key < $before ")}ORDER BY key LIMIT $count",
        r => Read(r, bucket), ("bucket", bucket), ("from", from), ("before", before), ("count", count));

    /// <summary>Puts it in the place of what has its key.</summary>
    /// <returns>Whether contents may be left over.</returns>
    public bool Put(Session session)
    {
        var freed = Remove(session, Bucket, Key);
        Write(session);
        return freed;
    }

    /// <summary>Writes the row, new or with the body that it has.</summary>
    public void Write(Session session) => session.Execute(
        "INSERT OR REPLACE INTO oss_object VALUES ($bucket, $key, $body, $size, $type, $etag, $md5, $crc64, $class, $acl, $headers, $tags, $modified)",
        ("bucket", Bucket), ("key", Key), ("body", Body), ("size", Size), ("type", Type), ("etag", ETag), ("md5", Md5), ("crc64", unchecked((long)Crc64)),
        ("class", Traits.StorageClass), ("acl", Traits.Acl), ("headers", Traits.HeaderText), ("tags", Traits.TagText), ("modified", ModifiedAt.Milliseconds()));

    /// <summary>Removes an object where there is one.</summary>
    /// <returns>Whether contents may be left over.</returns>
    public static bool Remove(Session session, string bucket, byte[] key)
    {
        var body = session.Scalar<long>("SELECT body FROM oss_object WHERE bucket = $bucket AND key = $key", ("bucket", bucket), ("key", key));
        if (body == 0) return false;
        session.Execute("DELETE FROM oss_object WHERE bucket = $bucket AND key = $key", ("bucket", bucket), ("key", key));
        return BodyRows.Delete(session, body);
    }

    private static StoredObject Read(SqliteDataReader row, string bucket) => new()
    {
        Bucket = bucket,
        Key = row.GetFieldValue<byte[]>(0),
        Body = row.GetInt64(1),
        Size = row.GetInt64(2),
        Type = row.GetString(3),
        ETag = row.GetString(4),
        Md5 = row.GetString(5),
        Crc64 = unchecked((ulong)row.GetInt64(6)),
        Traits = ObjectTraits.Of(row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10)),
        ModifiedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(11)),
    };
}
