using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A snapshot: the content of a disk at one moment. One whose retention has passed is gone, unless an image needs it.</summary>
internal sealed record SnapshotRow
{
    public const string Progressing = "progressing", Accomplished = "accomplished", Failed = "failed";

    /// <summary>All columns of those that still exist, with status and usage at $now. One that an import makes has failed until that ends. Source: rules.md 56.</summary>
    public const string View =
        """
        (SELECT s.*, CASE WHEN $now >= s.ready_at THEN s.outcome
                WHEN EXISTS (SELECT 1 FROM image_disk i JOIN image m ON m.id = i.image WHERE i.snapshot = s.id AND m.made_by = 'ImportImage') THEN 'failed'
                ELSE 'progressing' END AS status,
            CASE WHEN in_image AND in_disk THEN 'image_disk' WHEN in_image THEN 'image' WHEN in_disk THEN 'disk' ELSE 'none' END AS usage
        FROM (SELECT snapshot.*, EXISTS (SELECT 1 FROM image_disk i WHERE i.snapshot = snapshot.id) AS in_image,
                EXISTS (SELECT 1 FROM disk d WHERE d.source_snapshot = snapshot.id) AS in_disk FROM snapshot) s
        WHERE s.in_image OR s.retention_days IS NULL OR s.created_at + s.retention_days * 86400000 > $now)
        """;

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public string SourceDisk { get; init; } = "";
    public string SourceDiskType { get; init; } = "system";
    public string SourceImage { get; init; } = "";
    public int SizeGiB { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset ReadyAt { get; init; }
    public bool Encrypted { get; init; }
    public string KmsKey { get; init; } = "";
    public int? RetentionDays { get; init; }
    public string ResourceGroup { get; init; } = "";
    public string? ContentId { get; init; }

    /// <summary>What it was at the time of the session that read it.</summary>
    public string Status { get; init; } = Progressing;

    /// <summary>image, disk, image_disk or none: what was made from it and still exists.</summary>
    public string Usage { get; init; } = "none";

    /// <summary>An own snapshot; in any region where none is given.</summary>
    public static SnapshotRow? Find(Session session, string account, string? region, string id) => session.Single(
        $"SELECT * FROM {View} WHERE id = $id AND account = $account AND ($region IS NULL OR region = $region)", Read,
        ("id", id), ("account", account), ("region", region), ("now", session.Now.Milliseconds()));

    public static SnapshotRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        Name = row.Text("name"),
        Description = row.Text("description"),
        SourceDisk = row.Text("source_disk"),
        SourceDiskType = row.Text("source_disk_type"),
        SourceImage = row.Text("source_image"),
        SizeGiB = row.Int("size_gib"),
        CreatedAt = row.Time("created_at"),
        StartedAt = row.Time("started_at"),
        ReadyAt = row.Time("ready_at"),
        Encrypted = row.Flag("encrypted"),
        KmsKey = row.Text("kms_key"),
        RetentionDays = row.TextOrNull("retention_days") is null ? null : row.Int("retention_days"),
        ResourceGroup = row.Text("resource_group"),
        ContentId = row.TextOrNull("content_id"),
        Status = row.Text("status"),
        Usage = row.Text("usage"),
    };

    public void Insert(Session session, double seconds) => session.Execute(
        """
        INSERT INTO snapshot (id, account, region, name, description, source_disk, source_disk_type, source_image, size_gib, created_at,
            started_at, duration_ms, encrypted, kms_key, retention_days, resource_group, content_id)
        VALUES ($id, $account, $region, $name, $description, $disk, $type, $image, $size, $now, $now, $duration, $encrypted, $kms, $days, $group, $content)
        """,
        ("id", Id), ("account", Account), ("region", RegionId), ("name", Name), ("description", Description), ("disk", SourceDisk),
        ("type", SourceDiskType), ("image", SourceImage), ("size", SizeGiB), ("now", CreatedAt.Milliseconds()),
        ("duration", session.Duration(seconds)), ("encrypted", Encrypted), ("kms", KmsKey), ("days", RetentionDays),
        ("group", ResourceGroup), ("content", ContentId));

    public void Delete(Session session)
    {
        session.Execute("DELETE FROM tag WHERE resource = $id", ("id", Id));
        session.Execute("DELETE FROM snapshot WHERE id = $id", ("id", Id));
    }

    /// <summary>Removes the rows of those whose retention has passed.</summary>
    public static void RemoveExpired(Session session)
    {
        foreach (var id in session.List(
            """
            SELECT id FROM snapshot WHERE created_at + retention_days * 86400000 <= $now
            AND NOT EXISTS (SELECT 1 FROM image_disk i WHERE i.snapshot = snapshot.id)
            """, static r => r.GetString(0), ("now", session.Now.Milliseconds())))
            new SnapshotRow { Id = id, Account = "", RegionId = "" }.Delete(session);
    }
}
