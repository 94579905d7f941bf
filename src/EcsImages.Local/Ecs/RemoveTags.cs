using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The older form of UntagResources, for one resource. A value that is given must be the tag's.</summary>
internal sealed class RemoveTags : IOperation
{
    public string Name => "RemoveTags";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere => TagWords.Judged;

    public Reply Run(Call call, Session store)
    {
        var resources = TaggedResources.One(call);
        var tags = call.Structs("Tag");
        if (tags.Count is 0 or > TagRows.MostOnOne) throw Error.Of("InvalidTagCount", tags.Count);
        var id = resources.Resolve(call, store)[0];
        foreach (var tag in tags)
            store.Execute("DELETE FROM tag WHERE resource = $id AND key = $key AND ($value IS NULL OR value = $value)",
                ("id", id), ("key", TagWords.Key(tag.Text("Key") ?? "")), ("value", tag.Text("Value")));
        return Reply.Empty;
    }
}
