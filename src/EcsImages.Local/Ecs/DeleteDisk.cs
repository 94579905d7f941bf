using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DeleteDisk : IOperation
{
    public string Name => "DeleteDisk";

    public bool Writes => true;

    public bool FreesContents => true;

    public Reply Run(Call call, Session store)
    {
        var disk = Disks.NeedOwn(call, store);
        if (disk.InstanceId is not null) throw Error.Of("DiskStillAttached", disk.Id, disk.InstanceId);
        if (disk.Status == DiskRow.Creating) throw Error.Of("IncorrectDiskStatus.Initializing", disk.Id);
        if (disk.Status != DiskRow.Available) throw Error.Of("IncorrectDiskStatus", disk.Id, disk.Status);
        if (Disks.IsBeingSnapshot(store, disk)) throw Error.Of("DiskCreatingSnapshot", disk.Id);
        disk.Delete(store);
        return Reply.Empty;
    }
}
