using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The snapshots that come into being with an image, and end their work with it.</summary>
internal static class ImageSnapshots
{
    /// <summary>A snapshot row for a disk of a new image; answers its id.</summary>
    public static string Insert(Session store, Image image, SourceDisk disk, string? sourceImage)
    {
        var id = Ids.Snapshot(image.RegionId);
        store.Execute(
            """
            INSERT INTO snapshot (id, account, region, description, source_disk, source_disk_type, source_image, size_gib, created_at, started_at,
                duration_ms, encrypted, kms_key, resource_group, content_id)
            VALUES ($id, $account, $region, $description, $disk, $type, $source_image, $size, $created_at, $started_at,
                $duration, $encrypted, $kms_key, $group, $content)
            """,
            ("id", id), ("account", image.Owner), ("region", image.RegionId), ("description", $"Made for {image.Id}"), ("disk", disk.DiskId),
            ("type", disk.Type), ("source_image", sourceImage ?? ""), ("size", disk.SizeGiB), ("created_at", image.CreatedAt.Milliseconds()),
            ("started_at", (image.StartedAt ?? image.CreatedAt).Milliseconds()), ("duration", (long)image.Duration.TotalMilliseconds),
            ("encrypted", disk.Encrypted), ("kms_key", disk.KmsKey), ("group", image.ResourceGroup), ("content", disk.ContentId));
        return id;
    }

    /// <summary>Work on the snapshots of an image begins when that on the image does.</summary>
    public static void Start(Session store, string image, DateTimeOffset at) => store.Execute(
        "UPDATE snapshot SET started_at = $at WHERE id IN (SELECT snapshot FROM image_disk WHERE image = $image)", ("at", at.Milliseconds()), ("image", image));

    public static void DeleteOf(Session store, string image)
    {
        const string Own = "(SELECT snapshot FROM image_disk WHERE image = $image)";
        store.Execute($"DELETE FROM tag WHERE resource IN {Own}", ("image", image));
        store.Execute($"DELETE FROM snapshot WHERE id IN {Own}", ("image", image));
    }
}
