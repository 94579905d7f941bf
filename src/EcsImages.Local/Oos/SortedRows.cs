using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oos;

/// <summary>Rows filtered as the lists of OOS are: sorted by SortField and SortOrder, newest first as a rule, and paged by NextToken.</summary>
/// <remarks>The token holds what the page ended with, so that rows that come or go shift nothing.</remarks>
internal sealed class SortedRows(Call call, Session store, string from, string startColumn)
{
    private const int UsualPage = 50;

    private readonly StringBuilder _where = new("account = $account AND region = $region");
    private readonly List<(string, object?)> _values = [("account", call.Account), ("region", call.RegionId)];

    public int Count => (int)store.Scalar<long>($"SELECT count(*) FROM {from} WHERE {_where}", [.. _values]);

    /// <summary>Adds a condition on $name, unless the value is null.</summary>
    public SortedRows Where(string condition, string name, object? value)
    {
        if (value is null) return this;
        _where.Append(" AND (").Append(condition).Append(')');
        _values.Add((name, value));
        return this;
    }

    /// <summary>Only those that have all of these tags.</summary>
    public SortedRows Tagged(IReadOnlyList<TagPair> tags)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            _values.Add(($"tagkey{i}", tags[i].Key));
            Where($"EXISTS (SELECT 1 FROM tag t WHERE t.resource = id AND t.key = $tagkey{i} AND t.value = $tagvalue{i})", $"tagvalue{i}", tags[i].Value);
        }
        return this;
    }

    /// <summary>Adds those of StartDateAfter, StartDateBefore, EndDateAfter and EndDateBefore that the call has.</summary>
    public SortedRows Dated() => this
        .Where($"{startColumn} >= $startafter", "startafter", Time("StartDateAfter")).Where($"{startColumn} <= $startbefore", "startbefore", Time("StartDateBefore"))
        .Where("ended_at >= $endafter", "endafter", Time("EndDateAfter")).Where("ended_at <= $endbefore", "endbefore", Time("EndDateBefore"));

    /// <summary>The reply with one page of rows in it.</summary>
    public Reply Page(string list, Func<SqliteDataReader, JsonObject> read, bool counts)
    {
        var (size, sort, descending) = (call.Int("MaxResults") ?? UsualPage, Sort(), Descending());
        var body = new JsonObject { ["MaxResults"] = size };
        if (counts) body["TotalCount"] = Count;
        if (call.Text("NextToken") is { } text)
        {
            var (value, key) = Parse(text);
            Where($"({sort}, key) {(descending ? '<' : '>')} ($aftervalue, $afterkey)", "aftervalue", value);
            _values.Add(("afterkey", key));
        }
        var order = descending ? "DESC" : "ASC";
        // One more than asked for tells whether there is another page.
        var rows = store.List($"SELECT *, {sort} AS sort_value FROM {from} WHERE {_where} ORDER BY sort_value {order}, key {order} LIMIT $take",
            r => (Json: read(r), Token: $"{r.Text("sort_value")} {r.Long("key")}"), [.. _values, ("take", size + 1)]);
        body["NextToken"] = rows.Count > size ? Convert.ToHexString(Encoding.UTF8.GetBytes(rows[size - 1].Token)) : "";
        body[list] = new JsonArray([.. rows.Take(size).Select(static r => r.Json)]);
        return new(body);
    }

    // As text of one length, so that all sort alike; what has not ended comes after what has.
    private string Sort() => (call.Text("SortField") ?? "StartDate") switch
    {
        "StartDate" => $"printf('%020d', {startColumn})",
        "EndDate" => "printf('%020d', coalesce(ended_at, 9223372036854775807))",
        "Status" => "status",
        var other => throw Error.Invalid("SortField", $"{other} is not one of StartDate, EndDate, Status."),
    };

    private bool Descending() => (call.Text("SortOrder") ?? "Descending") switch
    {
        "Descending" => true,
        "Ascending" => false,
        var other => throw Error.Invalid("SortOrder", $"{other} is neither Ascending nor Descending."),
    };

    private long? Time(string parameter) => call.Text(parameter) is not { } text ? null
        : Times.TryParse(text, out var time) ? time.Milliseconds() : throw Error.Invalid(parameter, $"{text} is not a time such as 2019-05-16T10:26:14Z.");

    private static (string Value, long Key) Parse(string text)
    {
        try
        {
            if (Encoding.UTF8.GetString(Convert.FromHexString(text)).Split(' ') is [var value, var last]
                && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var key)) return (value, key);
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw Error.Invalid("NextToken", "it is not a token that this operation gave.");
    }
}
