using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Takes a disk from its instance; the system disk only while that is Stopped.</summary>
internal sealed class DetachDisk : IOperation
{
    public string Name => "DetachDisk";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var disk = Disks.NeedOwn(call, store);
        var instance = Instances.NeedOwn(call, store);
        if (disk.InstanceId is null) throw disk.Status == DiskRow.Available ? Error.Of("InvalidDisk.AlreadyDetached", disk.Id) : Error.Of("IncorrectDiskStatus", disk.Id, disk.Status);
        if (disk.InstanceId != instance.Id) throw Error.Of("DependencyViolation", disk.Id, disk.InstanceId);
        if (disk.Status != DiskRow.InUse) throw Error.Of("IncorrectDiskStatus", disk.Id, disk.Status);
        Disks.NeedStill(instance);
        if (disk.Type == "system" && instance.Status != InstanceRow.Stopped) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        disk.Detach(store, Disks.SecondsPassing);
        // Once it is free no instance can take it along: what counts is what the next AttachDisk says.
        return Reply.Empty;
    }
}
