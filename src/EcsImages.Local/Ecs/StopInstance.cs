using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class StopInstance : IOperation
{
    public string Name => "StopInstance";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        var mode = call.Text("StoppedMode") ?? "StopCharging";
        if (mode is not ("StopCharging" or "KeepCharging")) throw Error.Invalid("StoppedMode", $"{mode} is not one of StopCharging, KeepCharging.");
        if (call.Bool("Hibernate") is true) throw Error.Of("HibernationConfigured.NotEnabled", instance.Id);
        if (instance.Status != InstanceRow.Running) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        // To pull the plug is quicker than to shut down.
        instance.Move(store, InstanceRow.Stopping, InstanceRow.Stopped, call.Bool("ForceStop") is true ? 0.2 : 1);
        store.Execute("UPDATE instance SET stopped_mode = $mode WHERE id = $id", ("id", instance.Id), ("mode", mode));
        return Reply.Empty;
    }
}
