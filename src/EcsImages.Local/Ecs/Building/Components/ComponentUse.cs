using EcsImages.Core.Building;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>Which pipelines name a component.</summary>
internal static class ComponentUse
{
    /// <summary>The id of a pipeline of the component's account and region that names it; null where none does.</summary>
    public static string? PipelineNaming(Session store, ImageComponent component) => store.List(
        "SELECT id, parameters FROM image_pipeline WHERE account = $account AND region = $region AND parameters LIKE '%COMPONENT%' ORDER BY id",
        static r => (Id: r.GetString(0), Kept: KeptParameters.Read(r.GetString(1))), ("account", component.Account), ("region", component.RegionId))
        .Where(p => Calls(p.Kept).Any(component.IsMeantBy)).Select(static p => p.Id).FirstOrDefault();

    private static IEnumerable<ComponentCall> Calls(IReadOnlyDictionary<string, string> pipeline) =>
        Of(pipeline, "BuildContent", BuildContentUse.Template).Concat(Of(pipeline, "TestContent", BuildContentUse.Test));

    private static IEnumerable<ComponentCall> Of(IReadOnlyDictionary<string, string> pipeline, string parameter, BuildContentUse use) =>
        pipeline.GetValueOrDefault(parameter) is { } text ? BuildContentReader.Read(text, use).Components : [];
}
