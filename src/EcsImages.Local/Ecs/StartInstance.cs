using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class StartInstance : IOperation
{
    public string Name => "StartInstance";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        if (instance.Status != InstanceRow.Stopped) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        // A new system disk is there in a moment; one that was detached is not.
        if (DiskRow.Of(store, instance.Id) is not [{ Type: "system" }, ..]) throw Error.Of("DiskError", instance.Id, "no system disk");
        instance.Move(store, InstanceRow.Starting, InstanceRow.Running, seconds: 0.7);
        return Reply.Empty;
    }
}
