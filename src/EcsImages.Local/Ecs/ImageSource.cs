using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Ecs;

/// <summary>A disk that an image is made from. Snapshot is empty where one is still to be made; so is DiskId for an empty data disk.</summary>
internal sealed record SourceDisk(
    string Device, string Type, int SizeGiB, string Snapshot, string DiskId, bool Encrypted, string KmsKey, string? ContentId);

/// <summary>What CreateImage makes an image from: what the image inherits, and its disks, the system disk first.</summary>
internal sealed record ImageSource(Image Inherited, IReadOnlyList<SourceDisk> Disks)
{
    /// <summary>An instance before a mapping before a snapshot.</summary>
    public static ImageSource Find(Call call, Session store)
    {
        if (call.Text("InstanceId") is { } instance) return InstanceSource.Find(call, store, instance);
        if (call.Structs("DiskDeviceMapping") is { Count: > 0 } mapping) return MappingSource.Find(call, store, mapping);
        if (call.Text("SnapshotId") is not { } id) throw Error.Of("InvalidParameter.AllEmpty", "InstanceId", "DiskDeviceMapping", "SnapshotId");
        var snapshot = SourceSnapshot.Need(call, store, id);
        if (snapshot.DiskType != "system") throw Error.Of("OperationDenied", $"{id} is the snapshot of a data disk; an image needs that of a system disk");
        return new(InheritedBy(call, store, snapshot.SourceImage), [snapshot.As("/dev/xvda", "system", snapshot.SizeGiB)]);
    }

    /// <summary>The image that a disk came from, wherever it is by now; what is known of the disk itself where it is gone.</summary>
    public static Image InheritedBy(Call call, Session store, string image, Image? otherwise = null) =>
        store.Single("SELECT * FROM image WHERE id = $id", ImageRows.Read, ("id", image))
        ?? CatalogImages.Find(call.RegionId, image) ?? otherwise ?? new Image { Id = "", Name = "", Owner = "", BootMode = "" };
}

/// <summary>A snapshot of the caller that an image may be made from.</summary>
internal sealed record SourceSnapshot(
    string Id, string DiskType, int SizeGiB, string SourceImage, string DiskId, bool Encrypted, string KmsKey, string? ContentId, string Outcome, DateTimeOffset CreatedAt, DateTimeOffset ReadyAt)
{
    private static readonly DateTimeOffset Oldest = new(2013, 7, 16, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="EndpointError">Unknown, somebody else's, unfinished, or too old.</exception>
    public static SourceSnapshot Need(Call call, Session store, string id)
    {
        var snapshot = store.Single("SELECT * FROM snapshot WHERE id = $id AND account = $account AND region = $region", Read,
            ("id", id), ("account", call.Account), ("region", call.RegionId)) ?? throw Error.Of("InvalidSnapshotId.NotFound", id);
        if (snapshot.ReadyAt > call.Now || snapshot.Outcome != "accomplished") throw Error.Of("InvalidSnapshotId.NotReady", id);
        return snapshot.CreatedAt >= Oldest ? snapshot : throw Error.Of("InvalidSnapshot.TooOld", id);
    }

    public SourceDisk As(string device, string type, int sizeGiB) => new(device, type, sizeGiB, Id, DiskId, Encrypted, KmsKey, ContentId);

    private static SourceSnapshot Read(SqliteDataReader r) => new(
        r.Text("id"), r.Text("source_disk_type"), r.Int("size_gib"), r.Text("source_image"), r.Text("source_disk"), r.Flag("encrypted"), r.Text("kms_key"),
        r.TextOrNull("content_id"), r.Text("outcome"), r.Time("created_at"), r.Time("ready_at"));
}
