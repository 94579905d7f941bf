using System.Text;
using System.Text.Json.Nodes;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Dispatch;

/// <summary>The rows that an operation lists: the caller's own in the region, filtered, newest first, paged by number or by token.</summary>
/// <remarks>It lists from a table, or a view of one in parentheses, with account, region, created_at and id.</remarks>
internal sealed class RowList(Call call, Session store, string from)
{
    private readonly StringBuilder _where = new("account = $account AND region = $region");
    private readonly List<(string, object?)> _values =
        [("account", call.Account), ("region", call.RegionId), ("now", store.Now.Milliseconds())];

    /// <summary>Adds a condition on $name, unless the value is null.</summary>
    public RowList Where(string condition, string name, object? value)
    {
        if (value is null) return this;
        _where.Append(" AND (").Append(condition).Append(')');
        _values.Add((name, value));
        return this;
    }

    public RowList In(string column, IReadOnlyList<string>? items)
    {
        if (items is null) return this;
        _where.Append(" AND ").Append(column).Append(" IN (").AppendJoin(", ", items.Select((_, i) => $"${column}_{i}")).Append(')');
        for (var i = 0; i < items.Count; i++) _values.Add(($"{column}_{i}", items[i]));
        return this;
    }

    /// <summary>Nothing passes, where a filter asks for what no row here can be.</summary>
    public RowList NoneIf(bool none)
    {
        if (none) _where.Append(" AND 0");
        return this;
    }

    /// <summary>Tag.N.Key and Tag.N.Value: all must be there; a key alone takes any value.</summary>
    public RowList Tagged(string parameter = "Tag")
    {
        var tags = call.Structs(parameter);
        if (tags.Count > 20) throw Error.Of("InvalidTagCount", tags.Count);
        for (var i = 0; i < tags.Count; i++)
        {
            var key = tags[i].Text("Key") ?? throw Error.Of("InvalidTag.Mismatch", i + 1);
            var value = tags[i].Text("Value");
            var condition = $"EXISTS (SELECT 1 FROM tag t WHERE t.resource = id AND t.key = $tagkey{i}{(value is null ? "" : $" AND t.value = $tagvalue{i}")})";
            Where(condition, $"tagkey{i}", key);
            if (value is not null) _values.Add(($"tagvalue{i}", value));
        }
        return this;
    }

    /// <summary>The reply with one page of rows in it, as <c>list: { item: [ ... ] }</c>.</summary>
    public Reply Page(string list, string item, Func<SqliteDataReader, JsonObject> read, int mostOnPage = 100)
    {
        var body = new JsonObject { ["TotalCount"] = (int)store.Scalar<long>($"SELECT count(*) FROM {from} WHERE {_where}", [.. _values]) };
        body[list] = Reply.Wrap(item, call.Text("MaxResults") is null && call.Text("NextToken") is null
            ? Numbered(body, read, mostOnPage) : Following(body, read));
        return new(body);
    }

    /// <summary>The same for what pages by token only.</summary>
    public Reply TokenPage(string list, string item, Func<SqliteDataReader, JsonObject> read, int usual)
    {
        var body = new JsonObject { ["TotalCount"] = (int)store.Scalar<long>($"SELECT count(*) FROM {from} WHERE {_where}", [.. _values]) };
        body["MaxResults"] = call.Int("MaxResults") ?? usual;
        body[list] = Reply.Wrap(item, Following(body, read, usual));
        return new(body);
    }

    private List<JsonObject> Numbered(JsonObject body, Func<SqliteDataReader, JsonObject> read, int mostOnPage)
    {
        var paging = Paging.Of(call, mostOnPage);
        (body["PageNumber"], body["PageSize"]) = (paging.Number, paging.Size);
        return store.List($"SELECT * FROM {from} WHERE {_where} ORDER BY created_at DESC, id LIMIT $take OFFSET $skip", read,
            [.. _values, ("take", paging.Size), ("skip", paging.Offset)]);
    }

    private List<JsonObject> Following(JsonObject body, Func<SqliteDataReader, JsonObject> read, int usual = 10)
    {
        var size = call.Int("MaxResults") ?? usual;
        if (size < 1) throw Error.Invalid("MaxResults", $"{size} is below 1.");
        if (call.Text("NextToken") is { } text)
        {
            var after = PageToken.Parse(call, text);
            Where("created_at <= $aftertime", "aftertime", after.CreatedAt).Where("created_at < $aftertime OR id > $afterid", "afterid", after.Id);
        }
        PageToken? last = null;
        // One more than asked for tells whether there is another page.
        var rows = store.List($"SELECT * FROM {from} WHERE {_where} ORDER BY created_at DESC, id LIMIT $take",
            r => (Json: read(r), Token: new PageToken(r.Long("created_at"), r.Text("id"))), [.. _values, ("take", size + 1)]);
        if (rows.Count > size) last = rows[size - 1].Token;
        body["NextToken"] = last?.ToString() ?? "";
        return [.. rows.Take(size).Select(static r => r.Json)];
    }
}
