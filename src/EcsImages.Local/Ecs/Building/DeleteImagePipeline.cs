using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Building.Executions;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

/// <summary>Forgets a pipeline of which nothing is under way, and with it its executions. What they have made stays.</summary>
internal sealed class DeleteImagePipeline : IOperation
{
    private const string Own = "FROM image_pipeline WHERE id = $id AND account = $account AND region = $region";

    public string Name => "DeleteImagePipeline";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("ImagePipelineId");
        (string, object?)[] values = [("id", id), ("account", call.Account), ("region", call.RegionId)];
        if (store.Scalar<long>($"SELECT count(*) {Own}", values) == 0) throw Error.Of("InvalidImagePipeline.NotFound", id);
        if (BuildExecution.Running(store, id) is { } running) throw Error.Of("InvalidImagePipeline.HasRunningExecution", id, running);
        store.Execute("DELETE FROM tag WHERE resource IN (SELECT id FROM image_pipeline_execution WHERE pipeline = $id)", ("id", id));
        TagRows.RemoveAll(store, id);
        store.Execute($"DELETE {Own}", values);
        return Reply.Empty;
    }
}
