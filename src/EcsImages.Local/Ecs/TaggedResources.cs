using EcsImages.Local.Dispatch;
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
        ["instance"] = "instance",
        ["launchtemplate"] = "launch_template",
        ["securitygroup"] = "security_group",
        ["snapshot"] = "snapshot",
    };

    public static TaggedResources Read(Call call)
    {
        var type = call.Needed("ResourceType");
        if (!call.Operation.Request.First(static f => f.Name == "ResourceType").KnownValues.Contains(type))
            throw Error.Of("InvalidResourceType.NotFound", type, string.Join(", ", Tables.Keys));
        var ids = call.List("ResourceId");
        return ids.Count <= MostIds ? new(type, [.. ids.Distinct()]) : throw Error.Of("NumberExceed.ResourceIds", ids.Count);
    }

    /// <exception cref="EndpointError">InvalidResourceId.NotFound: unknown, of another type, or not the caller's.</exception>
    public void NeedOwn(Call call, Session store)
    {
        foreach (var id in Ids)
            if (!Tables.TryGetValue(Type, out var table) || store.Scalar<long>(
                $"SELECT count(*) FROM {table} WHERE id = $id AND account = $account AND region = $region",
                ("id", id), ("account", call.Account), ("region", call.RegionId)) == 0) throw Error.Of("InvalidResourceId.NotFound", Type, id);
    }
}
