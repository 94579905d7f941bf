using EcsImages.Core.Building;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Imports;
using EcsImages.Local.Oss;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>Starts a pipeline. What it names is looked up and checked now; its stages are carried out as their time comes.</summary>
internal sealed class StartImagePipelineExecution(ImportImage import) : IReadingOperation
{
    public StartImagePipelineExecution()
        : this(new ImportImage())
    {
    }

    public string Name => "StartImagePipelineExecution";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["ClientToken", .. TagWords.Judged];

    // Objects in OSS are looked at before the transaction.
    public async Task<IOperation> ReadAsync(Call call, OssStore store, CancellationToken stop)
    {
        Call? importing = null;
        using (var session = store.Database.Read())
            if (KeptOf(call, session) is { } kept && kept.Text("BaseImageType") == "OSS") importing = BaseImage.ImportCall(call, session, kept);
        return importing is null ? this : new StartImagePipelineExecution((ImportImage)await import.ReadAsync(importing, store, stop).ConfigureAwait(false));
    }

    public Reply Run(Call call, Session store)
    {
        var pipeline = call.Needed("ImagePipelineId");
        var kept = KeptOf(call, store) ?? throw Error.Of("InvalidImagePipeline.NotFound", pipeline);
        var tags = TagWords.Read(call, parameter: call.Structs("Tag").Count > 0 ? "Tag" : "TemplateTag");
        if (BuildExecution.Running(store, pipeline) is { } running) throw Error.Of("InvalidImagePipeline.HasRunningExecution", pipeline, running);
        CheckPlaces(call, store, kept);
        var basis = BaseImage.Find(call, store, pipeline, kept, import);
        PipelineContent.Read(store, call.Account, call.RegionId, kept, BuildContentUse.Template, basis.Image.OsType);
        PipelineContent.Read(store, call.Account, call.RegionId, kept, BuildContentUse.Test, basis.Image.OsType);
        var execution = new BuildExecution
        {
            Id = Ids.Execution(call.RegionId),
            Account = call.Account,
            RegionId = call.RegionId,
            Pipeline = pipeline,
            ResourceGroup = store.Scalar<string>("SELECT resource_group FROM image_pipeline WHERE id = $id", ("id", pipeline))!,
            Status = BuildExecution.Preparing,
            Stage = "",
            Made = new BuildMade { BaseImage = basis.Image.Id, ImportTask = basis.ImportTask },
            CreatedAt = call.Now,
            DueAt = call.Now,
        };
        execution.Insert(store);
        TagRows.Put(store, call.Account, call.RegionId, BuildExecution.ResourceType, execution.Id, tags);
        new BuildRun(store, execution, looks: null).Start();
        return new(new() { ["ExecutionId"] = execution.Id });
    }

    private static Parameters? KeptOf(Call call, Session store) => call.Text("ImagePipelineId") is { } id && store.Scalar<string>(
        "SELECT parameters FROM image_pipeline WHERE id = $id AND account = $account AND region = $region",
        ("id", id), ("account", call.Account), ("region", call.RegionId)) is { } text ? new(KeptParameters.Read(text)) : null;

    private static void CheckPlaces(Call call, Session store, Parameters kept)
    {
        if (kept.Text("InstanceType") is { } type && InstanceTypes.Find(type) is null) throw Error.Of("InvalidInstanceType.NotFound", type);
        if (kept.Text("VSwitchId") is { } vswitch && Networks.Find(store, call.Account, call.RegionId, vswitch) is null) throw Error.Of("InvalidVSwitchId.NotFound", vswitch);
        if (kept.List("ToRegionId").FirstOrDefault(static r => !Regions.IsOpen(r)) is { } region) throw Error.Of("InvalidRegionId.NotFound", region);
    }
}
