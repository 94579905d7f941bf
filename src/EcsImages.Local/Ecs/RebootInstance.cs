using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Down and up again: Stopping, Starting, Running.</summary>
internal sealed class RebootInstance : IOperation
{
    public string Name => "RebootInstance";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        if (instance.Status != InstanceRow.Running) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        instance.Move(store, InstanceRow.Rebooting, InstanceRow.Running, call.Bool("ForceStop") is true ? 0.9 : 1.7);
        return Reply.Empty;
    }
}
