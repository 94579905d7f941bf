using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DeleteSnapshot : IOperation
{
    public string Name => "DeleteSnapshot";

    public bool Writes => true;

    public bool FreesContents => true;

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("SnapshotId");
        // It has no RegionId, and Packer sends that of its template for snapshots of copies elsewhere: the id alone decides.
        var snapshot = SnapshotRow.Find(store, call.Account, region: null, id) ?? throw Error.Of("InvalidSnapshotId.NotFound", id);
        if (snapshot.Usage is "image" or "image_disk") throw Error.Of("SnapshotCreatedImage", id);
        if (snapshot.Usage == "disk" && call.Bool("Force") is not true) throw Error.Of("SnapshotCreatedDisk", id);
        snapshot.Delete(store);
        return Reply.Empty;
    }
}
