using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The tags of resources, as rows.</summary>
internal static class TagRows
{
    public const int MostOnOne = 20;

    /// <summary>Puts tags on a resource of that account; a key that is there already gets the new value.</summary>
    /// <exception cref="EndpointError">QuotaExceed.Tags: more than 20 in the end.</exception>
    public static void Put(Session store, string account, string region, string type, string resource, IEnumerable<TagPair> tags)
    {
        foreach (var tag in tags)
            store.Execute(
                """
                INSERT INTO tag (region, resource_type, resource, key, value, account) VALUES ($region, $type, $resource, $key, $value, $account)
                ON CONFLICT DO UPDATE SET value = $value
                """, ("region", region), ("type", type), ("resource", resource), ("key", tag.Key), ("value", tag.Value), ("account", account));
        var count = store.Scalar<long>("SELECT count(*) FROM tag WHERE resource = $resource", ("resource", resource));
        if (count > MostOnOne) throw Error.Of("QuotaExceed.Tags", resource, count);
    }

    /// <summary>As the Tags of a reply.</summary>
    public static JsonObject Json(Session store, string resource) => Reply.Wrap("Tag", store.List(
        "SELECT key, value FROM tag WHERE resource = $id ORDER BY key",
        static r => new JsonObject { ["TagKey"] = r.GetString(0), ["TagValue"] = r.GetString(1) }, ("id", resource)));

    public static void Remove(Session store, string resource, string key) =>
        store.Execute("DELETE FROM tag WHERE resource = $resource AND key = $key", ("resource", resource), ("key", key));

    public static void RemoveAll(Session store, string resource) =>
        store.Execute("DELETE FROM tag WHERE resource = $resource", ("resource", resource));
}
