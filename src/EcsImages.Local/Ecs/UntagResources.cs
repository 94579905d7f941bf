using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Removes the keys that are named; All counts only where none is.</summary>
internal sealed class UntagResources : IOperation
{
    public string Name => "UntagResources";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["ResourceId.N", "TagKey.N"];

    public Reply Run(Call call, Session store)
    {
        var resources = TaggedResources.Read(call);
        if (resources.Ids.Count == 0) throw Error.Of("MissingParameter.ResourceIds");
        var keys = call.List("TagKey");
        if (keys.Count > TagRows.MostOnOne) throw Error.Of("NumberExceed.Tags", keys.Count);
        if (keys.Count == 0 && call.Bool("All") != true) throw Error.Of("MissingParameter.Tags");
        TagWords.NeedDistinct(keys.Select(TagWords.Key));
        foreach (var id in resources.Resolve(call, store))
        {
            if (keys.Count == 0) TagRows.RemoveAll(store, id);
            foreach (var key in keys) TagRows.Remove(store, id, key);
        }
        return Reply.Empty;
    }
}
