using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The older form of ListTagResources: the pairs that there are, each with the number of its resources by type.</summary>
internal sealed class DescribeTags : IOperation
{
    private const int UsualPage = 50;

    // The types of the store, as this reply calls them.
    private static readonly (string Type, string Field)[] Counts =
    [
        ("disk", "Disk"), ("image", "Image"), ("instance", "Instance"), ("keypair", "KeyPair"), ("launchtemplate", "LaunchTemplate"),
        ("securitygroup", "Securitygroup"), ("snapshot", "Snapshot"),
    ];

    public string Name => "DescribeTags";

    public IReadOnlyList<string> JudgedHere => TagWords.Judged;

    public IReadOnlyList<string> RefusedHere { get; } = ["Category"];

    public Reply Run(Call call, Session store)
    {
        if (call.Text("Category") is { } category) throw Error.Of("Invalid.TagCategory", category);
        var (where, values) = Filter(call, store);
        var (number, size) = (call.Int("PageNumber") ?? 1, call.Int("PageSize") ?? UsualPage);
        if (number < 1) throw Error.Invalid("PageNumber", $"{number} is below 1.");
        if (size is < 1 or > 100) throw Error.Invalid("PageSize", $"{size} is not from 1 to 100.");
        var pairs = $"(SELECT DISTINCT key, value FROM tag WHERE {where})";
        var rows = store.List($"SELECT key, value FROM {pairs} ORDER BY key, value LIMIT $take OFFSET $skip",
            static r => new TagPair(r.GetString(0), r.GetString(1)), [.. values, ("take", size), ("skip", (long)(number - 1) * size)]);
        return new(new JsonObject
        {
            ["TotalCount"] = (int)store.Scalar<long>($"SELECT count(*) FROM {pairs}", [.. values]),
            ["PageNumber"] = number,
            ["PageSize"] = size,
            ["Tags"] = Reply.Wrap("Tag", rows.Select(pair => new JsonObject
            {
                ["TagKey"] = pair.Key,
                ["TagValue"] = pair.Value,
                ["ResourceTypeCount"] = Count(store, where, values, pair),
            })),
        });
    }

    private static (string, List<(string, object?)>) Filter(Call call, Session store)
    {
        var where = new StringBuilder("account = $account AND region = $region");
        List<(string, object?)> values = [("account", call.Account), ("region", call.RegionId)];
        if (call.Text("ResourceType") is not null)
        {
            where.Append(" AND resource_type = $type");
            values.Add(("type", TaggedResources.TypeOf(call)));
        }
        if (call.Text("ResourceId") is { } id)
        {
            // A key pair goes by its name.
            where.Append(" AND (resource = $id OR resource IN (SELECT id FROM key_pair WHERE name = $id AND account = $account AND region = $region))");
            values.Add(("id", id));
        }
        var tags = call.Structs("Tag");
        if (tags.Count > TagRows.MostOnOne) throw Error.Of("InvalidTagCount", tags.Count);
        if (tags.Count > 0) where.Append(" AND (");
        for (var i = 0; i < tags.Count; i++)
        {
            where.Append(i > 0 ? " OR " : "").Append(CultureInfo.InvariantCulture, $"(key = $key{i} AND ($value{i} IS NULL OR value = $value{i}))");
            values.AddRange([($"key{i}", TagWords.Key(tags[i].Text("Key") ?? "")), ($"value{i}", tags[i].Text("Value"))]);
        }
        if (tags.Count > 0) where.Append(')');
        return (where.ToString(), values);
    }

    private static JsonObject Count(Session store, string where, List<(string, object?)> values, TagPair pair)
    {
        var found = store.List($"SELECT resource_type, count(*) FROM tag WHERE {where} AND key = $key AND value = $value GROUP BY resource_type",
            static r => (Type: r.GetString(0), Number: r.GetInt32(1)), [.. values, ("key", pair.Key), ("value", pair.Value)]);
        var json = new JsonObject();
        foreach (var (type, field) in Counts) json[field] = found.FirstOrDefault(f => f.Type == type).Number;
        return json;
    }
}
