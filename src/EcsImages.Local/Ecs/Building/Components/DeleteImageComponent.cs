using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>Forgets a component, unless a pipeline of the account in the region names it.</summary>
internal sealed class DeleteImageComponent : IOperation
{
    public string Name => "DeleteImageComponent";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var id = call.Needed("ImageComponentId");
        var component = ImageComponent.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidImageComponent.NotFound", id);
        if (ComponentUse.PipelineNaming(store, component) is { } pipeline) throw Error.Of("InvalidImageComponent.InUse", id, pipeline);
        component.Delete(store);
        return Reply.Empty;
    }
}
