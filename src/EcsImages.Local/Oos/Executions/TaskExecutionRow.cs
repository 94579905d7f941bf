using System.Text.Json.Nodes;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oos.Executions;

/// <summary>A task of an execution that was begun, or passed over.</summary>
internal sealed record TaskExecutionRow
{
    public const string Running = "Running", Success = "Success", Failed = "Failed", Cancelled = "Cancelled", Skipped = "Skipped";

    public required string Id { get; init; }
    public required string ExecutionId { get; init; }
    public required string Name { get; init; }
    public required string Action { get; init; }

    /// <summary>With everything filled in.</summary>
    public required JsonObject Properties { get; init; }
    public JsonObject Outputs { get; init; } = [];
    public required string Status { get; init; }
    public string Message { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Those of an execution, in the order in which they were begun.</summary>
    public static List<TaskExecutionRow> Of(Session store, string execution) =>
        store.List("SELECT * FROM oos_task WHERE execution = $execution ORDER BY key", Read, ("execution", execution));

    public static TaskExecutionRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        ExecutionId = row.Text("execution"),
        Name = row.Text("name"),
        Action = row.Text("action"),
        Properties = JsonNode.Parse(row.Text("properties"))!.AsObject(),
        Outputs = JsonNode.Parse(row.Text("outputs"))!.AsObject(),
        Status = row.Text("status"),
        Message = row.Text("message"),
        StartedAt = row.Time("started_at"),
        EndedAt = row.TimeOrNull("ended_at"),
    };

    public void Insert(Session store) => store.Execute(
        """
        INSERT INTO oos_task (id, execution, name, action, properties, status, started_at, ended_at)
        VALUES ($id, $execution, $name, $action, $properties, $status, $started, $ended)
        """, ("id", Id), ("execution", ExecutionId), ("name", Name), ("action", Action), ("properties", Properties.ToJsonString()),
        ("status", Status), ("started", StartedAt.Milliseconds()), ("ended", EndedAt?.Milliseconds()));

    /// <summary>Writes how far it is.</summary>
    public void Update(Session store) => store.Execute(
        "UPDATE oos_task SET properties = $properties, outputs = $outputs, status = $status, message = $message, ended_at = $ended WHERE id = $id",
        ("id", Id), ("properties", Properties.ToJsonString()), ("outputs", Outputs.ToJsonString()), ("status", Status), ("message", Message), ("ended", EndedAt?.Milliseconds()));
}
