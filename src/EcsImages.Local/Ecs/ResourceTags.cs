using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The tags that a new resource is given, and those that one has.</summary>
internal static class ResourceTags
{
    /// <summary>Tag.N of the call, checked.</summary>
    public static IReadOnlyList<(string Key, string Value)> Read(Call call)
    {
        var tags = new List<(string Key, string Value)>();
        foreach (var tag in call.Structs("Tag"))
        {
            var key = tag.Text("Key");
            if (key is null || key.Length > 128 || IsReserved(key, "aliyun") || IsReserved(key, "acs:") || HasAddress(key))
                throw Error.Of("InvalidTagKey.Malformed", tag.NameOf("Key"));
            var value = tag.Text("Value") ?? "";
            if (value.Length > 128 || IsReserved(value, "acs:") || HasAddress(value)) throw Error.Of("InvalidTagValue.Malformed", tag.NameOf("Value"));
            if (tags.Any(t => t.Key == key)) throw Error.Of("Duplicate.TagKey", key);
            tags.Add((key, value));
        }
        return tags.Count <= 20 ? tags : throw Error.Of("QuotaExceed.Tags", tags.Count);
    }

    public static void Put(
        Session store, string region, string account, string type, string resource, IReadOnlyList<(string Key, string Value)> tags)
    {
        foreach (var (key, value) in tags)
            store.Execute("INSERT INTO tag VALUES ($region, $type, $resource, $key, $value, $account)",
                ("region", region), ("type", type), ("resource", resource), ("key", key), ("value", value), ("account", account));
    }

    public static JsonObject Json(Session store, string resource) => Reply.Wrap("Tag", store.List(
        "SELECT key, value FROM tag WHERE resource = $id ORDER BY key",
        static r => new JsonObject { ["TagKey"] = r.GetString(0), ["TagValue"] = r.GetString(1) }, ("id", resource)));

    private static bool IsReserved(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static bool HasAddress(string text) =>
        text.Contains("http://", StringComparison.OrdinalIgnoreCase) || text.Contains("https://", StringComparison.OrdinalIgnoreCase);
}
