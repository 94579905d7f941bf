using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Makes a disk larger, never smaller; what it gains is zeros. A guest that runs would see it after the next reboot, or at once (online).</summary>
internal sealed class ResizeDisk : IOperation
{
    public string Name => "ResizeDisk";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var disk = Disks.NeedOwn(call, store);
        var type = Choice.Of(call, "Type", "InvalidParam.Type", "offline", "online") ?? "offline";
        if (disk.Status is not (DiskRow.InUse or DiskRow.Available)) throw Error.Of("IncorrectDiskStatus", disk.Id, disk.Status);
        if (disk.InstanceId is { } id && InstanceRow.Find(store, call.Account, disk.RegionId, id) is { } instance)
        {
            Disks.NeedStill(instance);
            if (type == "online" && instance.Status != InstanceRow.Running) throw Error.Of("InvalidInstanceStatus.NotRunning", id, instance.Status);
        }
        else if (disk.Type == "system")
        {
            throw Error.Of("InvalidDisk.DetachedSystemDisk", disk.Id);
        }
        if (type == "online" && disk.Category == "cloud") throw Error.Of("InvalidDiskSize.NotSupportResizeOnline", disk.Id, disk.Category);
        if (Disks.IsBeingSnapshot(store, disk)) throw Error.Of("DiskCreatingSnapshot", disk.Id);
        var size = call.Int("NewSize") ?? throw Error.Missing("NewSize");
        if (size <= disk.SizeGiB) throw Error.Of("InvalidDiskSize.TooSmall", size, disk.SizeGiB);
        var (_, most) = disk.Type == "system"
            ? DiskCategory.SystemSizes(disk.Category, disk.PerformanceLevel) : DiskCategory.DataSizes(disk.Category, disk.PerformanceLevel);
        if (size > most) throw Error.Of("InvalidDiskSize.TooLarge", size, most);
        store.Execute("UPDATE disk SET size_gib = $size WHERE id = $id", ("id", disk.Id), ("size", size));
        return Reply.Empty;
    }
}
