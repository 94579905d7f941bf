using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Exports;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>An unknown id is refused: the text of the API says that it is ignored, its error table has InvalidImageId.NotFound.</summary>
internal sealed class DeleteImage : IOperation
{
    public string Name => "DeleteImage";

    public bool Writes => true;

    public bool FreesContents => true;

    public Reply Run(Call call, Session store)
    {
        var image = Images.NeedOwn(call, store, call.Needed("ImageId"));
        var isPending = ImageState.At(image, call.Now) is ImageState.Waiting or ImageState.Creating;
        if (isPending && image.MadeBy == "ImportImage") throw Error.Of("ImageIsImporting", image.Id);
        if ((isPending && image.IsCopied) || IsBeingCopied(call, store, image.Id)) throw Error.Of("OperationDenied.ImageCopying", image.Id);
        if (ExportImage.IsUnderWay(store, image.Id)) throw Error.Of("ImageIsExporting", image.Id);
        if (image.IsPublic) throw Error.Of("ImageIsPublic", image.Id);
        if (ImageShares.Any(store, image.Id)) throw Error.Of("ImageUseShared", image.Id);
        if (call.Bool("Force") != true && ImageJson.IsUsed(store, call.Account, image.Id)) throw Error.Of("ImageUsingByInstance", image.Id);
        // Its snapshots stay: they are deleted on their own.
        ImageRows.Delete(store, image.Id);
        return Reply.Empty;
    }

    private static bool IsBeingCopied(Call call, Session store, string id) => store.Scalar<long>(
        "SELECT EXISTS (SELECT 1 FROM image WHERE source_image = $id AND is_copied = 1 AND ready_at > $now)",
        ("id", id), ("now", call.Now.Milliseconds())) > 0;
}
