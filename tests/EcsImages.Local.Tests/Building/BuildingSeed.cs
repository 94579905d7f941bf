using EcsImages.Local.Ecs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests.Building;

/// <summary>Pipelines as rows, for tests of what looks at them.</summary>
internal static class BuildingSeed
{
    /// <summary>A pipeline with these contents, whether or not it could be made so.</summary>
    public static string AddPipelineRow(this TestEndpoint endpoint, TestClient owner, string build, string test)
    {
        var id = Ids.ImagePipeline("cn-hangzhou");
        endpoint.Arrange(s => s.Execute(
            "INSERT INTO image_pipeline (id, account, region, name, parameters, created_at) VALUES ($id, $account, 'cn-hangzhou', $id, $parameters, $now)",
            ("id", id), ("account", owner.Account.AccountId), ("now", s.Now.Milliseconds()),
            ("parameters", KeptParameters.Write(new Dictionary<string, string> { ["BuildContent"] = build, ["TestContent"] = test }))));
        return id;
    }
}
