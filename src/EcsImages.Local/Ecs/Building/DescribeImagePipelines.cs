using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

internal sealed class DescribeImagePipelines : IOperation
{
    private const int MostIds = 20, UsualPage = 50;

    public string Name => "DescribeImagePipelines";

    public IReadOnlyList<string> JudgedHere { get; } = ["ImagePipelineId.N"];

    public Reply Run(Call call, Session store)
    {
        var ids = call.List("ImagePipelineId");
        if (ids.Count > MostIds) throw Error.Of("InvalidImagePipelineIdSize.ExceededMaxNumber", ids.Count, MostIds);
        NameRule.Name(call, "Name", "InvalidName.Malformed");
        return new RowList(call, store, "image_pipeline")
            .In("id", ids.Count > 0 ? ids : null)
            .Where("name = $name", "name", call.Text("Name"))
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            .Tagged()
            .TokenPage("ImagePipeline", "ImagePipelineSet", row => Json(call, store, row), UsualPage);
    }

    private static JsonObject Json(Call call, Session store, Microsoft.Data.Sqlite.SqliteDataReader row)
    {
        var fields = call.Operation.Response.Single(static f => f.Name == "ImagePipeline").Fields.Single(static f => f.Name == "ImagePipelineSet").Fields;
        var json = KeptParameters.Json(fields, new Parameters(KeptParameters.Read(row.Text("parameters"))));
        json["ImagePipelineId"] = row.Text("id");
        json[nameof(Name)] = row.Text("name");
        json["ResourceGroupId"] = row.Text("resource_group");
        json["CreationTime"] = Times.Second(row.Time("created_at"));
        json["Tags"] = TagRows.Json(store, row.Text("id"));
        return json;
    }
}
