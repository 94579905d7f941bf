using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Building.Components;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The resources that a tag operation names; all of them the caller's own.</summary>
internal sealed record TaggedResources(string Type, IReadOnlyList<string> Ids)
{
    public const int MostIds = 50;

    // The types of the API that the endpoint keeps rows of; of the others no id exists.
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["disk"] = "disk",
        ["image"] = "image",
        [ImageComponent.ResourceType] = "image_component",
        ["imagepipeline"] = "image_pipeline",
        ["instance"] = "instance",
        ["keypair"] = "key_pair",
        ["launchtemplate"] = "launch_template",
        ["securitygroup"] = "security_group",
        ["snapshot"] = "snapshot",
    };

    public static TaggedResources Read(Call call)
    {
        var type = TypeOf(call);
        var ids = call.List("ResourceId");
        return ids.Count <= MostIds ? new(type, [.. ids.Distinct()]) : throw Error.Of("NumberExceed.ResourceIds", ids.Count);
    }

    /// <summary>As the older operations name it: one.</summary>
    public static TaggedResources One(Call call) => new(TypeOf(call), [call.Needed("ResourceId")]);

    /// <summary>Their ids in the store.</summary>
    /// <exception cref="EndpointError">InvalidResourceId.NotFound: unknown, of another type, or not the caller's.</exception>
    public IReadOnlyList<string> Resolve(Call call, Session store) => [.. Ids.Select(id => (Tables.TryGetValue(Type, out var table) ? store.Scalar<string>(
        // Key pairs are known by their names, which another account or region may use too.
        $"SELECT id FROM {table} WHERE {(Type == "keypair" ? "$id IN (id, name)" : "id = $id")} AND account = $account AND region = $region",
        ("id", id), ("account", call.Account), ("region", call.RegionId)) : null) ?? throw Error.Of("InvalidResourceId.NotFound", Type, id))];

    /// <summary>What a reply calls the resource of that id.</summary>
    public string NameOf(Session store, string id) =>
        Type == "keypair" ? store.Scalar<string>("SELECT name FROM key_pair WHERE id = $id", ("id", id)) ?? id : id;

    /// <exception cref="EndpointError">InvalidResourceType.NotFound: neither one that the operation lists, nor one that is kept here. The lists leave out those of Image Builder.</exception>
    public static string TypeOf(Call call)
    {
        var type = call.Needed("ResourceType");
        return call.Operation.Request.First(static f => f.Name == "ResourceType").KnownValues.Contains(type) || Tables.ContainsKey(type) ? type
            : throw Error.Of("InvalidResourceType.NotFound", type, string.Join(", ", Tables.Keys));
    }
}
