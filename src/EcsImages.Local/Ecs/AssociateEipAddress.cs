using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Gives an instance of a VPC, which has no public address yet, an elastic one.</summary>
internal sealed class AssociateEipAddress : IOperation
{
    public string Name => "AssociateEipAddress";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        Eips.NeedInstanceType(call, "InstanceType", "InvalidInstanceType.ValueNotSupported", "InvalidInstance.NotExist");
        var eip = Eips.Need(call, store);
        var id = call.Needed("InstanceId");
        var instance = InstanceRow.Find(store, call.Account, eip.RegionId, id) ?? throw Error.Of("InvalidInstanId.NotFound", id);
        if (eip.Status is EipRow.Associating or EipRow.Unassociating) throw Error.Of("TaskConflict", eip.Id, eip.Status);
        if (eip.Status != EipRow.Available) throw Error.Of("IncorrectEipStatus", eip.Id, eip.Status);
        if (instance.VpcId.Length == 0) throw Error.Of("InvalidInstance.NotVpc", id);
        if (instance.Status is not (InstanceRow.Running or InstanceRow.Stopped)) throw Error.Of("IncorrectInstanceStatus", id, instance.Status);
        if (instance.PublicIp.Length > 0) throw Error.Of("EIP_CAN_NOT_ASSOCIATE_WITH_PUBLIC_IP", id, instance.PublicIp);
        if (instance.Eip is not null) throw Error.Of("BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP", id, instance.Eip.Id);
        eip.Move(store, EipRow.Associating, id, Eips.SecondsPassing);
        return Reply.Empty;
    }
}
