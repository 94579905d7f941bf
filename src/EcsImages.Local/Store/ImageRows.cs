using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>The images of accounts, as rows.</summary>
internal static class ImageRows
{
    /// <summary>An own image, with its disks.</summary>
    public static Image? FindOwn(Session session, string account, string region, string id) => WithDisks(session, session.Single(
        "SELECT * FROM image WHERE id = $id AND account = $account AND region = $region", Read, ("id", id), ("account", account), ("region", region)));

    /// <summary>Any image of that region that the account may use: its own, shared with it, or published; with its disks.</summary>
    public static Image? FindUsable(Session session, string account, string region, string id) => WithDisks(session, session.Single(
        """
        SELECT * FROM image WHERE id = $id AND region = $region
        AND (account = $account OR is_public = 1 OR EXISTS (SELECT 1 FROM image_share s WHERE s.image = image.id AND s.account = $account))
        """, Read, ("id", id), ("account", account), ("region", region)));

    public static bool NameTaken(Session session, string account, string region, string name) => session.Scalar<long>(
        "SELECT count(*) FROM image WHERE account = $account AND region = $region AND name = $name",
        ("account", account), ("region", region), ("name", name)) > 0;

    public static void Insert(Session session, Image image)
    {
        session.Execute(
            """
            INSERT INTO image (id, account, region, name, description, family, version, os_type, os_name, os_name_en, platform, architecture,
                boot_mode, nvme, imds, secure_boot, license_type, cloud_init, io_optimized, login_as_non_root, size_gib, created_at, started_at,
                duration_ms, ready_at, outcome, failure, is_public, is_copied, made_by, source_image, source_region, source_instance, encrypted, kms_key,
                product_code, supplier, resource_group, detection, planned_ms)
            VALUES ($id, $account, $region, $name, $description, $family, $version, $os_type, $os_name, $os_name_en, $platform, $architecture,
                $boot_mode, $nvme, $imds, $secure_boot, $license_type, $cloud_init, $io_optimized, $login, $size_gib, $created_at, $started_at,
                $duration_ms, $ready_at, $outcome, $failure, $is_public, $is_copied, $made_by, $source_image, $source_region, $source_instance, $encrypted,
                $kms_key, $product_code, $supplier, $resource_group, $detection, $planned)
            """,
            ("id", image.Id), ("account", image.Owner), ("region", image.RegionId), ("name", image.Name), ("description", image.Description),
            ("family", image.Family), ("version", image.Version), ("os_type", image.OsType), ("os_name", image.OsName),
            ("os_name_en", image.OsNameEn), ("platform", image.Platform), ("architecture", image.Architecture), ("boot_mode", image.BootMode),
            ("nvme", image.Nvme), ("imds", image.Imds), ("secure_boot", image.SecureBoot), ("license_type", image.LicenseType),
            ("cloud_init", image.CloudInit), ("io_optimized", image.IoOptimized), ("login", image.LoginAsNonRoot), ("size_gib", image.SizeGiB),
            ("created_at", image.CreatedAt.Milliseconds()), ("started_at", image.StartedAt?.Milliseconds()),
            ("duration_ms", (long)image.Duration.TotalMilliseconds), ("ready_at", ReadyAt(image.StartedAt, image.Duration)), ("outcome", image.Outcome), ("failure", image.Failure),
            ("is_public", image.IsPublic), ("is_copied", image.IsCopied), ("made_by", image.MadeBy), ("source_image", image.SourceImage),
            ("source_region", image.SourceRegion), ("source_instance", image.SourceInstance), ("encrypted", image.Encrypted),
            ("kms_key", image.KmsKey), ("product_code", image.ProductCode), ("supplier", image.Supplier),
            ("resource_group", image.ResourceGroup), ("detection", image.Detection), ("planned", (long?)image.Planned?.TotalMilliseconds));
        foreach (var disk in image.Disks)
            session.Execute(
                "INSERT INTO image_disk VALUES ($image, $device, $type, $size, $snapshot, $format, $bucket, $object, $encrypted, $content)",
                ("image", image.Id), ("device", disk.Device), ("type", disk.Type), ("size", disk.SizeGiB), ("snapshot", disk.Snapshot),
                ("format", disk.Format), ("bucket", disk.OssBucket), ("object", disk.OssObject), ("encrypted", disk.Encrypted),
                ("content", disk.ContentId));
    }

    /// <summary>Says anew when the work on an image begins and how long it takes; null leaves it waiting.</summary>
    public static void Schedule(Session session, string id, DateTimeOffset? start, TimeSpan duration) => session.Execute(
        "UPDATE image SET started_at = $start, duration_ms = $duration, ready_at = $ready WHERE id = $id", ("id", id),
        ("start", start?.Milliseconds()), ("duration", (long)duration.TotalMilliseconds), ("ready", ReadyAt(start, duration)));

    /// <summary>Writes what can change of an image once it is there.</summary>
    public static void Update(Session session, Image image) => session.Execute(
        """
        UPDATE image SET name = $name, description = $description, family = $family, boot_mode = $boot_mode, nvme = $nvme, imds = $imds,
            license_type = $license_type, outcome = $outcome WHERE id = $id
        """, ("id", image.Id), ("name", image.Name), ("description", image.Description), ("family", image.Family), ("boot_mode", image.BootMode),
        ("nvme", image.Nvme), ("imds", image.Imds), ("license_type", image.LicenseType), ("outcome", image.Outcome));

    public static void Publish(Session session, string id, bool isPublic) =>
        session.Execute("UPDATE image SET is_public = $public WHERE id = $id", ("id", id), ("public", isPublic));

    /// <summary>Removes an image with its disks, shares and tags; its snapshots stay.</summary>
    public static void Delete(Session session, string id)
    {
        session.Execute("DELETE FROM tag WHERE resource = $id", ("id", id));
        session.Execute("DELETE FROM image WHERE id = $id", ("id", id));
    }

    /// <summary>The disks of an image, the system disk first.</summary>
    public static List<ImageDisk> DisksOf(Session session, string image) => session.List(
        "SELECT * FROM image_disk WHERE image = $image ORDER BY type = 'data', device",
        static r => new ImageDisk(r.Text("device"), r.Text("type"), r.Int("size_gib"), r.Text("snapshot"), r.Text("format"),
            r.Text("oss_bucket"), r.Text("oss_object"), r.Flag("encrypted"), r.TextOrNull("content_id")), ("image", image));

    public static Image Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Owner = row.Text("account"),
        RegionId = row.Text("region"),
        Name = row.Text("name"),
        Description = row.Text("description"),
        Family = row.Text("family"),
        Version = row.Text("version"),
        OsType = row.Text("os_type"),
        OsName = row.Text("os_name"),
        OsNameEn = row.Text("os_name_en"),
        Platform = row.Text("platform"),
        Architecture = row.Text("architecture"),
        BootMode = row.Text("boot_mode"),
        Nvme = row.Text("nvme"),
        Imds = row.Text("imds"),
        SecureBoot = row.Text("secure_boot"),
        LicenseType = row.Text("license_type"),
        CloudInit = row.Flag("cloud_init"),
        IoOptimized = row.Flag("io_optimized"),
        LoginAsNonRoot = row.Flag("login_as_non_root"),
        SizeGiB = row.Int("size_gib"),
        CreatedAt = row.Time("created_at"),
        StartedAt = row.IsDBNull(row.GetOrdinal("started_at")) ? null : row.Time("started_at"),
        Duration = TimeSpan.FromMilliseconds(row.Long("duration_ms")),
        Planned = row.IsDBNull(row.GetOrdinal("planned_ms")) ? null : TimeSpan.FromMilliseconds(row.Long("planned_ms")),
        BytesPercent = row.Int("bytes_percent"),
        Outcome = row.Text("outcome"),
        Failure = row.Text("failure"),
        IsPublic = row.Flag("is_public"),
        IsCopied = row.Flag("is_copied"),
        MadeBy = row.Text("made_by"),
        SourceImage = row.TextOrNull("source_image"),
        SourceRegion = row.TextOrNull("source_region"),
        SourceInstance = row.TextOrNull("source_instance"),
        Encrypted = row.Flag("encrypted"),
        KmsKey = row.Text("kms_key"),
        ProductCode = row.Text("product_code"),
        Supplier = row.Text("supplier"),
        ResourceGroup = row.Text("resource_group"),
        Detection = row.Text("detection"),
    };

    private static long ReadyAt(DateTimeOffset? start, TimeSpan duration) =>
        start is null ? long.MaxValue : start.Value.Milliseconds() + (long)duration.TotalMilliseconds;

    private static Image? WithDisks(Session session, Image? image) =>
        image is null ? null : image with { Disks = DisksOf(session, image.Id) };
}
