using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class TagResources : IOperation
{
    public string Name => "TagResources";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["ResourceId.N", .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        var resources = TaggedResources.Read(call);
        if (resources.Ids.Count == 0) throw Error.Of("MissingParameter.ResourceIds");
        if (call.Structs("Tag").Count == 0) throw Error.Of("MissingParameter.Tags");
        var tags = TagWords.Read(call, "NumberExceed.Tags");
        foreach (var id in resources.Resolve(call, store)) TagRows.Put(store, call.Account, call.RegionId, resources.Type, id, tags);
        return Reply.Empty;
    }
}
