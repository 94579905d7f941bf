using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Releases an instance; disks that do not go with it become free, as does its elastic address.</summary>
internal sealed class DeleteInstance : IOperation
{
    public string Name => "DeleteInstance";

    public bool Writes => true;

    public bool FreesContents => true;

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        if (instance.DeletionProtection) throw Error.Of("InvalidOperation.DeletionProtection", instance.Id);
        if (instance.ChargeType == "PrePaid" && call.Bool("TerminateSubscription") is not true) throw Error.Of("ChargeTypeViolation", instance.Id);
        if (instance.Status == InstanceRow.Pending) throw Error.Of("IncorrectInstanceStatus.Initializing", instance.Id);
        if (instance.Status != InstanceRow.Stopped && call.Bool("Force") is not true)
            throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        foreach (var disk in DiskRow.Of(store, instance.Id))
        {
            if (disk.DeleteWithInstance) disk.Delete(store);
            else disk.Detach(store);
        }
        EipRow.Free(store, instance.Id);
        store.Execute("DELETE FROM tag WHERE resource = $id", ("id", instance.Id));
        store.Execute("DELETE FROM instance WHERE id = $id", ("id", instance.Id));
        return Reply.Empty;
    }
}
