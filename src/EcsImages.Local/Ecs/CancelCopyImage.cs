using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Called in the region that is copied to, with the id of the copy.</summary>
internal sealed class CancelCopyImage : IOperation
{
    public string Name => "CancelCopyImage";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var image = Images.NeedOwn(call, store, call.Needed("ImageId"));
        if (!image.IsCopied) throw Error.Of("ImageCreatedNotFromCopy", image.Id);
        if (ImageState.At(image, call.Now) is var state and not (ImageState.Waiting or ImageState.Creating))
            throw Error.Of("IncorrectImageStatus", image.Id, state);
        ImageSnapshots.DeleteOf(store, image.Id);
        ImageRows.Delete(store, image.Id);
        WorkQueue.Copies.MoveUp(store, call.Account, call.RegionId);
        return Reply.Empty;
    }
}
