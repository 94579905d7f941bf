using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

/// <summary>What an execution and its tasks went through, from the first line on.</summary>
internal sealed class ListExecutionLogs : IOperation
{
    private const int UsualPage = 50, MostOnPage = 100;
    private const string Kind = "System";

    public string Name => "ListExecutionLogs";

    public Reply Run(Call call, Session store)
    {
        var size = call.Int("MaxResults") ?? UsualPage;
        if (size is < 1 or > MostOnPage) throw Error.Invalid("MaxResults", $"{size} is not from 1 to {MostOnPage}.");
        var after = 0L;
        if (call.Text("NextToken") is { } token && !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw Error.Invalid("NextToken", "it is not a token that this operation gave.");
        var rows = store.List(
            """
            SELECT * FROM oos_log WHERE execution = $execution AND key > $after AND ($task IS NULL OR task = $task) AND ($kind IS NULL OR $kind = $own)
            ORDER BY key LIMIT $take
            """,
            static r => (Key: r.Long("key"), Json: new JsonObject
            {
                ["LogType"] = Kind,
                ["TaskExecutionId"] = r.Text("task"),
                ["Message"] = r.Text("message"),
                ["Timestamp"] = Times.Second(r.Time("logged_at")),
            }),
            ("execution", CancelExecution.Find(call, store).Id), ("after", after), ("task", call.Text("TaskExecutionId")),
            ("kind", call.Text("LogType")), ("own", Kind), ("take", size + 1));
        var isTruncated = rows.Count > size;
        return new(new()
        {
            ["ExecutionLogs"] = new JsonArray([.. rows.Take(size).Select(static r => r.Json)]),
            ["IsTruncated"] = isTruncated,
            ["NextToken"] = isTruncated ? rows[size - 1].Key.ToString(CultureInfo.InvariantCulture) : "",
            ["MaxResults"] = size,
        });
    }
}
