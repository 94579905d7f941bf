using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DeleteVSwitch : IOperation
{
    public string Name => "DeleteVSwitch";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("VSwitchId");
        var vswitch = Networks.Find(store, call.Account, call.NamedRegion, id) ?? throw Error.Of("InvalidVSwitchId.NotFound", id);
        if (!vswitch.IsReady) throw Error.Of("IncorrectVSwitchStatus", id, "Pending");
        if (store.Scalar<string>("SELECT id FROM instance WHERE vswitch = $id LIMIT 1", ("id", id)) is { } instance)
            throw Error.Of("DependencyViolation", id, instance);
        store.Execute("DELETE FROM vswitch WHERE id = $id", ("id", id));
        return Reply.Empty;
    }
}
