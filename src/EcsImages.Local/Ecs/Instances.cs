using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Finds the instance that a call names.</summary>
internal static class Instances
{
    /// <exception cref="EndpointError">InvalidInstanceId.NotFound: unknown, or somebody else's.</exception>
    public static InstanceRow NeedOwn(Call call, Session store)
    {
        var id = call.Needed("InstanceId");
        return InstanceRow.Find(store, call.Account, call.NamedRegion, id) ?? throw Error.Of("InvalidInstanceId.NotFound", id);
    }
}
