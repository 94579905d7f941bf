using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The older form of TagResources, for one resource; older clients still call it.</summary>
internal sealed class AddTags : IOperation
{
    public string Name => "AddTags";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere => TagWords.Judged;

    public Reply Run(Call call, Session store)
    {
        var resources = TaggedResources.One(call);
        if (call.Structs("Tag").Count == 0) throw Error.Missing("Tag.1.Key");
        var tags = TagWords.Read(call, "InvalidTagCount");
        TagRows.Put(store, call.Account, call.RegionId, resources.Type, resources.Resolve(call, store)[0], tags);
        return Reply.Empty;
    }
}
