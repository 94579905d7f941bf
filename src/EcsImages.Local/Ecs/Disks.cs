using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>What the operations on disks have in common.</summary>
internal static class Disks
{
    public const int MostDataDisks = 16;

    /// <summary>How long attaching, detaching and making a disk take.</summary>
    public const double SecondsPassing = 0.5;

    /// <exception cref="EndpointError">InvalidDiskId.NotFound: unknown, or somebody else's.</exception>
    public static DiskRow NeedOwn(Call call, Session store)
    {
        var id = call.Needed("DiskId");
        return DiskRow.Find(store, call.Account, call.NamedRegion, id) ?? throw Error.Of("InvalidDiskId.NotFound", id);
    }

    /// <summary>Whether a snapshot of it is under way.</summary>
    public static bool IsBeingSnapshot(Session store, DiskRow disk) => store.Scalar<long>(
        "SELECT count(*) FROM snapshot WHERE source_disk = $disk AND ready_at > $now", ("disk", disk.Id), ("now", store.Now.Milliseconds())) > 0;

    /// <exception cref="EndpointError">IncorrectInstanceStatus: neither Running nor Stopped.</exception>
    public static void NeedStill(InstanceRow instance)
    {
        if (instance.Status is not (InstanceRow.Running or InstanceRow.Stopped)) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
    }
}
