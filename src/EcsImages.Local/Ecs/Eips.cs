using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>What the operations on elastic addresses have in common.</summary>
internal static class Eips
{
    /// <summary>How long it takes to associate or to unassociate.</summary>
    public const double SecondsPassing = 1;

    private static readonly string[] Targets = ["EcsInstance", "SlbInstance", "Nat", "HaVip", "NetworkInterface"];

    /// <exception cref="EndpointError">InvalidAllocationId.NotFound: unknown, or somebody else's.</exception>
    public static EipRow Need(Call call, Session store)
    {
        var id = call.Needed("AllocationId");
        return EipRow.Find(store, call.Account, call.NamedRegion, id) ?? throw Error.Of("InvalidAllocationId.NotFound", id);
    }

    /// <summary>Whether the call means an instance; of what else could carry an address the endpoint has none.</summary>
    public static void NeedInstanceType(Call call, string parameter, string code, string absent)
    {
        if (Choice.Of(call, parameter, code, Targets) is not (null or "EcsInstance")) throw Error.Of(absent, call.Text("InstanceId"));
    }
}
