using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class UnassociateEipAddress : IOperation
{
    public string Name => "UnassociateEipAddress";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        Eips.NeedInstanceType(call, "InstanceType", "InvalidInstanceType.ValueNotSupported", "InvalidBindingStatus");
        var eip = Eips.Need(call, store);
        if (eip.Status is EipRow.Associating or EipRow.Unassociating) throw Error.Of("TaskConflict", eip.Id, eip.Status);
        if (eip.Status != EipRow.InUse) throw Error.Of("IncorrectEipStatus", eip.Id, eip.Status);
        if (eip.InstanceId != call.Needed("InstanceId")) throw Error.Of("InvalidBindingStatus", eip.Id, call.Text("InstanceId"));
        eip.Move(store, EipRow.Unassociating, eip.InstanceId, Eips.SecondsPassing);
        return Reply.Empty;
    }
}
