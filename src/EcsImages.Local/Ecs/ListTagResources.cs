using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Every tag of the resources that are named, and that carry all the tags that are named; pages of 50.</summary>
internal sealed class ListTagResources : IOperation
{
    private const int PageSize = 50, MostFilters = 5;

    private sealed record Row(string Resource, string Key, string Value);

    public string Name => "ListTagResources";

    public IReadOnlyList<string> JudgedHere { get; } = ["ResourceId.N", "TagFilter.N", "TagFilter.N.TagKey", "TagFilter.N.TagValues.N", .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        var resources = TaggedResources.Read(call);
        var wanted = ReadWanted(call);
        if (resources.Ids.Count == 0 && wanted.Count == 0) throw Error.Of("BothEmpty.TagsAndResources");
        resources = resources with { Ids = resources.Resolve(call, store) };
        var rows = Find(call, store, resources, wanted, ReadToken(call));
        var page = rows.Take(PageSize).ToArray();
        return new(new()
        {
            ["NextToken"] = rows.Count > PageSize ? Token(page[^1]) : "",
            ["TagResources"] = Reply.Wrap("TagResource", page.Select(r => new JsonObject
            {
                ["ResourceType"] = resources.Type,
                ["ResourceId"] = resources.NameOf(store, r.Resource),
                ["TagKey"] = r.Key,
                ["TagValue"] = r.Value,
            })),
        });
    }

    // Each a key with the values that will do; none stands for any.
    private static List<(string Key, IReadOnlyList<string> Values)> ReadWanted(Call call)
    {
        var tags = call.Structs("Tag");
        if (tags.Count > TagRows.MostOnOne) throw Error.Of("NumberExceed.Tags", tags.Count);
        var filters = call.Structs("TagFilter");
        if (filters.Count > MostFilters) throw Error.Of("InvalidTagFilter.Malformed", $"there are {filters.Count} filters; at most {MostFilters} are allowed");
        return
        [
            .. tags.Select(static (t, i) => (t.Text("Key") ?? throw Error.Of("InvalidTag.Mismatch", i + 1),
                (IReadOnlyList<string>)(t.Text("Value") is { } value ? [value] : []))),
            .. filters.Select(static f => (f.Text("TagKey") ?? throw Error.Of("InvalidTagFilter.Malformed", f.NameOf("TagKey") + " is missing"), Values(f))),
        ];
    }

    private static IReadOnlyList<string> Values(Parameters filter) =>
        filter.List("TagValues") is { Count: <= MostFilters } values ? values : throw Error.Of("NumberExceed.TagValues", filter.NameOf("TagValues"));

    private static List<Row> Find(Call call, Session store, TaggedResources resources, List<(string Key, IReadOnlyList<string> Values)> wanted, Row after)
    {
        var values = new List<(string, object?)>
        {
            ("account", call.Account), ("region", call.RegionId), ("type", resources.Type), ("resource", after.Resource), ("key", after.Key), ("take", PageSize + 1),
        };
        var sql = new StringBuilder("SELECT resource, key, value FROM tag t WHERE account = $account AND region = $region AND resource_type = $type AND (resource, key) > ($resource, $key)");
        if (resources.Ids.Count > 0) sql.Append(" AND resource IN (").AppendJoin(", ", resources.Ids.Select(Bind)).Append(')');
        foreach (var (key, any) in wanted)
        {
            sql.Append(" AND EXISTS (SELECT 1 FROM tag o WHERE o.resource = t.resource AND o.key = ").Append(Bind(key));
            if (any.Count > 0) sql.Append(" AND o.value IN (").AppendJoin(", ", any.Select(Bind)).Append(')');
            sql.Append(')');
        }
        sql.Append(" ORDER BY resource, key LIMIT $take");
        return store.List(sql.ToString(), static r => new Row(r.GetString(0), r.GetString(1), r.GetString(2)), [.. values]);

        string Bind(string value)
        {
            values.Add(($"v{values.Count}", value));
            return $"${values[^1].Item1}";
        }
    }

    // The last pair of the page before, as JSON in Base64: opaque to clients.
    private static string Token(Row last) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes([last.Resource, last.Key], JsonText.Default.StringArray));

    private static Row ReadToken(Call call)
    {
        if (call.Text("NextToken") is not { } token) return new("", "", "");
        try
        {
            if (JsonSerializer.Deserialize(Convert.FromBase64String(token), JsonText.Default.StringArray) is [{ } resource, { } key]) return new(resource, key, "");
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // Refused below, as any other that is not ours.
        }
        throw Error.Of("Invalid.NextToken");
    }
}
