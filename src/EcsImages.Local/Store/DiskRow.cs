using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A disk; without a content all of it is zeros.</summary>
internal sealed record DiskRow
{
    public const string Creating = "Creating", Available = "Available", InUse = "In_use", Attaching = "Attaching", Detaching = "Detaching";

    /// <summary>All columns, with the state at $now as status.</summary>
    public const string View =
        """
        (SELECT disk.*, CASE WHEN $now < started_at + duration_ms THEN passing WHEN instance IS NULL THEN 'Available' ELSE 'In_use' END AS status
        FROM disk)
        """;

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }
    public required string ZoneId { get; init; }
    public required string Type { get; init; }
    public required string Category { get; init; }
    public required int SizeGiB { get; init; }
    public string PerformanceLevel { get; init; } = "";
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public string? InstanceId { get; init; }
    public string Device { get; init; } = "";
    public string ImageId { get; init; } = "";
    public string SourceSnapshot { get; init; } = "";
    public bool DeleteWithInstance { get; init; } = true;
    public bool Encrypted { get; init; }
    public string KmsKey { get; init; } = "";
    public string ResourceGroup { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? AttachedAt { get; init; }
    public DateTimeOffset? DetachedAt { get; init; }
    public string? ContentId { get; init; }

    /// <summary>What it was at the time of the session that read it.</summary>
    public string Status { get; init; } = Creating;

    /// <summary>An own disk; in any region where none is given.</summary>
    public static DiskRow? Find(Session session, string account, string? region, string id) => session.Single(
        $"SELECT * FROM {View} WHERE id = $id AND account = $account AND ($region IS NULL OR region = $region)", Read,
        ("id", id), ("account", account), ("region", region), ("now", session.Now.Milliseconds()));

    /// <summary>The disks of an instance, the system disk first.</summary>
    public static List<DiskRow> Of(Session session, string instance) => session.List(
        $"SELECT * FROM {View} WHERE instance = $instance ORDER BY type = 'data', device", Read,
        ("instance", instance), ("now", session.Now.Milliseconds()));

    public static DiskRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        ZoneId = row.Text("zone"),
        Type = row.Text("type"),
        Category = row.Text("category"),
        SizeGiB = row.Int("size_gib"),
        PerformanceLevel = row.Text("performance_level"),
        Name = row.Text("name"),
        Description = row.Text("description"),
        InstanceId = row.TextOrNull("instance"),
        Device = row.Text("device"),
        ImageId = row.Text("image"),
        SourceSnapshot = row.Text("source_snapshot"),
        DeleteWithInstance = row.Flag("delete_with_instance"),
        Encrypted = row.Flag("encrypted"),
        KmsKey = row.Text("kms_key"),
        ResourceGroup = row.Text("resource_group"),
        CreatedAt = row.Time("created_at"),
        AttachedAt = row.TextOrNull("attached_at") is null ? null : row.Time("attached_at"),
        DetachedAt = row.TextOrNull("detached_at") is null ? null : row.Time("detached_at"),
        ContentId = row.TextOrNull("content_id"),
        Status = row.Text("status"),
    };

    public void Insert(Session session, double seconds) => session.Execute(
        """
        INSERT INTO disk (id, account, region, zone, name, description, type, category, performance_level, size_gib, instance, device, image,
            source_snapshot, delete_with_instance, encrypted, kms_key, resource_group, created_at, started_at, duration_ms, content_id)
        VALUES ($id, $account, $region, $zone, $name, $description, $type, $category, $level, $size, $instance, $device, $image,
            $snapshot, $delete, $encrypted, $kms, $group, $now, $now, $duration, $content)
        """,
        ("id", Id), ("account", Account), ("region", RegionId), ("zone", ZoneId), ("name", Name), ("description", Description), ("type", Type),
        ("category", Category), ("level", PerformanceLevel), ("size", SizeGiB), ("instance", InstanceId), ("device", Device),
        ("image", ImageId), ("snapshot", SourceSnapshot), ("delete", DeleteWithInstance), ("encrypted", Encrypted), ("kms", KmsKey),
        ("group", ResourceGroup), ("now", CreatedAt.Milliseconds()), ("duration", session.Duration(seconds)), ("content", ContentId));

    /// <summary>Sends it on its way to an instance.</summary>
    public void Attach(Session session, string instance, string device, bool deleteWithInstance, double seconds) => session.Execute(
        """
        UPDATE disk SET instance = $instance, device = $device, delete_with_instance = $delete, passing = 'Attaching', attached_at = $now,
            started_at = $now, duration_ms = $duration WHERE id = $id
        """, ("id", Id), ("instance", instance), ("device", device), ("delete", deleteWithInstance), ("now", session.Now.Milliseconds()),
        ("duration", session.Duration(seconds)));

    /// <summary>Takes it from its instance: at once where that goes too, else on its way.</summary>
    public void Detach(Session session, double seconds = 0) => session.Execute(
        """
        UPDATE disk SET instance = NULL, device = '', passing = 'Detaching', detached_at = $now, started_at = $now, duration_ms = $duration WHERE id = $id
        """, ("id", Id), ("now", session.Now.Milliseconds()), ("duration", session.Duration(seconds)));

    public void Delete(Session session)
    {
        session.Execute("DELETE FROM tag WHERE resource = $id", ("id", Id));
        session.Execute("DELETE FROM disk WHERE id = $id", ("id", Id));
    }
}
