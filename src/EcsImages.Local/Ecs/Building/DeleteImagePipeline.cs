using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

internal sealed class DeleteImagePipeline : IOperation
{
    public string Name => "DeleteImagePipeline";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("ImagePipelineId");
        if (store.Execute("DELETE FROM image_pipeline WHERE id = $id AND account = $account AND region = $region",
            ("id", id), ("account", call.Account), ("region", call.RegionId)) == 0) throw Error.Of("InvalidImagePipeline.NotFound", id);
        TagRows.RemoveAll(store, id);
        return Reply.Empty;
    }
}
