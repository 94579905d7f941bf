using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

internal sealed class DescribeImagePipelineExecutions : IOperation
{
    private const int MostIds = 20, UsualPage = 50;

    public string Name => "DescribeImagePipelineExecutions";

    public Reply Run(Call call, Session store)
    {
        var ids = Listed(call, "ExecutionId");
        if (ids?.Length > MostIds) throw Error.Of("InvalidExecutionId.SizeExceeded", ids.Length, MostIds);
        var pipeline = call.Text("ImagePipelineId");
        if (pipeline is null && ids is null) throw Error.Of("MissingParameter.ImagePipelineId");
        if (pipeline is not null && store.Scalar<long>("SELECT count(*) FROM image_pipeline WHERE id = $id AND account = $account AND region = $region",
            ("id", pipeline), ("account", call.Account), ("region", call.RegionId)) == 0) throw Error.Of("InvalidImagePipeline.NotFound", pipeline);
        return new RowList(call, store, "image_pipeline_execution")
            .In("id", ids)
            .Where("pipeline = $pipeline", "pipeline", pipeline)
            .In("status", Statuses(call))
            .Tagged()
            .TokenPage("ImagePipelineExecution", "ImagePipelineExecutionSet", row => Json(store, BuildExecution.Read(row)), UsualPage);
    }

    private static string[]? Statuses(Call call)
    {
        var known = call.Operation.Request.Single(static f => f.Name == "Status").KnownValues;
        var statuses = Listed(call, "Status");
        return statuses?.FirstOrDefault(s => !known.Contains(s)) is { } unknown ? throw Error.Of("InvalidParameter.Status", unknown, string.Join(", ", known)) : statuses;
    }

    private static string[]? Listed(Call call, string name) => call.Text(name)?.Split(',', StringSplitOptions.TrimEntries);

    private static JsonObject Json(Session store, BuildExecution execution)
    {
        var json = new JsonObject
        {
            ["ExecutionId"] = execution.Id,
            ["ImagePipelineId"] = execution.Pipeline,
            ["Status"] = execution.Status,
            ["Message"] = execution.Message,
            ["ImageId"] = execution.ImageId,
            ["CreationTime"] = Times.Second(execution.CreatedAt),
            ["ModifiedTime"] = Times.Second(execution.ModifiedAt),
            ["ResourceGroupId"] = execution.ResourceGroup,
            ["Tags"] = TagRows.Json(store, execution.Id),
        };
        if (execution.ErrorCode.Length == 0) return json;
        (json["ErrorCode"], json["ErrorInfo"]) = (execution.ErrorCode, execution.ErrorInfo);
        return json;
    }
}
