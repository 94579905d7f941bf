using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>Which pipelines name a component.</summary>
internal static class ComponentUse
{
    /// <summary>The id of a pipeline of the component's account and region that names it; null where none does.</summary>
    public static string? PipelineNaming(Session store, ImageComponent component) => store.List(
        "SELECT id, parameters FROM image_pipeline WHERE account = $account AND region = $region AND parameters LIKE '%COMPONENT%' ORDER BY id",
        static r => (Id: r.GetString(0), Kept: KeptParameters.Read(r.GetString(1))), ("account", component.Account), ("region", component.RegionId))
        .Where(p => References(p.Kept).Any(r => r.Means(component))).Select(static p => p.Id).FirstOrDefault();

    private static IEnumerable<ComponentReference> References(IReadOnlyDictionary<string, string> pipeline) =>
        ((string[])["BuildContent", "TestContent"]).SelectMany(name => pipeline.GetValueOrDefault(name)?.Split('\n') ?? [])
            .Select(static line => line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .Select(static words => words is ["COMPONENT", var named, ..] ? ComponentReference.Parse(named) : null).OfType<ComponentReference>();
}
