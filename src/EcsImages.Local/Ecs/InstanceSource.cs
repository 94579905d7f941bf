using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>An instance as the source of an image: each of its disks is to be snapshot.</summary>
internal static class InstanceSource
{
    private const int SnapshotsOfDisk = 64;

    private sealed record Found(string Image, string Type, string OsType, string OsName, string Status);

    public static ImageSource Find(Call call, Session store, string id)
    {
        var instance = store.Single(
            $"SELECT image, instance_type, os_type, os_name, status FROM {InstanceRow.View} WHERE id = $id AND account = $account AND region = $region",
            static r => new Found(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4)),
            ("id", id), ("account", call.Account), ("region", call.RegionId), ("now", call.Now.Milliseconds()))
            ?? throw Error.Of("InvalidInstanceId.NotFound", id);
        if (instance.Status is not ("Running" or "Stopped")) throw Error.Of("IncorrectInstanceStatus", id, instance.Status);
        var disks = store.List(
            "SELECT * FROM disk WHERE instance = $id ORDER BY type = 'data', device, key",
            r => r.Time("started_at").AddMilliseconds(r.Long("duration_ms")) <= call.Now
                ? new SourceDisk(r.Text("device"), r.Text("type"), r.Int("size_gib"), "", r.Text("id"), r.Flag("encrypted"), r.Text("kms_key"), r.TextOrNull("content_id"))
                : throw Error.Of("IncorrectDiskStatus", r.Text("id"), r.Text("passing")), ("id", id));
        if (disks is not [{ Type: "system" }, ..]) throw Error.Of("InvalidInstance.NotFoundSystemDisk", id);
        foreach (var disk in disks) NeedFree(call, store, disk.DiskId);
        return new(
            ImageSource.InheritedBy(call, store, instance.Image, Remembered(instance)),
            [.. disks.Select(static (d, i) => d with { Device = $"/dev/xvd{(char)('a' + i)}" })]);
    }

    private static void NeedFree(Call call, Session store, string disk)
    {
        var snapshots = store.List("SELECT ready_at FROM snapshot WHERE source_disk = $disk", static r => r.GetInt64(0), ("disk", disk));
        if (snapshots.Any(ready => ready > call.Now.Milliseconds())) throw Error.Of("IncorrectDiskStatus.CreatingSnapshot", disk);
        if (snapshots.Count >= SnapshotsOfDisk) throw Error.Of("QuotaExceed.Snapshot", disk, snapshots.Count);
    }

    // The image is deleted: what the instance itself still tells.
    private static Image Remembered(Found instance)
    {
        var isArm = InstanceTypes.All.FirstOrDefault(t => t.Id == instance.Type)?.CpuArchitecture == "ARM";
        return new Image
        {
            Id = "",
            Name = "",
            Owner = "",
            OsType = instance.OsType,
            OsName = instance.OsName,
            Platform = instance.OsType == "windows" ? "Other Windows" : "Others Linux",
            Architecture = isArm ? "arm64" : "x86_64",
            BootMode = "",
        };
    }
}
