using System.Text.Json.Nodes;
using EcsImages.Local.Oos.Templates;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Oos.Executions;

/// <summary>An execution of a template, as its row has it. Its tasks and its log are rows of their own.</summary>
internal sealed record Execution
{
    public const string Started = "Started", Running = "Running", Success = "Success", Failed = "Failed", Cancelled = "Cancelled";

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }

    /// <summary>The id of the RAM user who started it, and with whose rights it is carried out; null for another.</summary>
    public string? RamUser { get; init; }

    /// <summary>Likewise the key of the session of a role; null for another.</summary>
    public string? SessionKey { get; init; }
    public required string ExecutedBy { get; init; }
    public required string TemplateName { get; init; }

    /// <summary>Those that were given, and the defaults of the others.</summary>
    public required JsonObject Parameters { get; init; }
    public string Description { get; init; } = "";
    public required string Mode { get; init; }
    public required string LoopMode { get; init; }
    public required string SafetyCheck { get; init; }
    public string RamRole { get; init; } = "";
    public string ResourceGroup { get; init; } = "";
    public string Status { get; init; } = Started;
    public string Message { get; init; } = "";
    public JsonObject Outputs { get; init; } = [];

    /// <summary>The task to begin where none is running; empty where none is left.</summary>
    public required string NextTask { get; init; }

    /// <summary>How it will end once it has cleaned up: Failed or Cancelled; empty while all is well.</summary>
    public string Ending { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its next stage is to be carried out; null once it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public Template Template => Template.Need(TemplateName, null);

    public static Execution? Find(Session store, string account, string region, string id) => store.Single(
        "SELECT * FROM oos_execution WHERE id = $id AND account = $account AND region = $region", Read, ("id", id), ("account", account), ("region", region));

    public static Execution Get(Session store, string id) => store.Single("SELECT * FROM oos_execution WHERE id = $id", Read, ("id", id))!;

    public static Execution Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        RamUser = row.TextOrNull("ram_user"),
        SessionKey = row.TextOrNull("session_key"),
        ExecutedBy = row.Text("executed_by"),
        TemplateName = row.Text("template"),
        Parameters = JsonNode.Parse(row.Text("parameters"))!.AsObject(),
        Description = row.Text("description"),
        Mode = row.Text("mode"),
        LoopMode = row.Text("loop_mode"),
        SafetyCheck = row.Text("safety_check"),
        RamRole = row.Text("ram_role"),
        ResourceGroup = row.Text("resource_group"),
        Status = row.Text("status"),
        Message = row.Text("message"),
        Outputs = JsonNode.Parse(row.Text("outputs"))!.AsObject(),
        NextTask = row.Text("next_task"),
        Ending = row.Text("ending"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
        EndedAt = row.TimeOrNull("ended_at"),
        DueAt = row.TimeOrNull("due_at"),
    };

    public void Insert(Session store) => store.Execute(
        """
        INSERT INTO oos_execution (id, account, region, ram_user, session_key, executed_by, template, parameters, description, mode, loop_mode, safety_check,
            ram_role, resource_group, status, next_task, created_at, updated_at, due_at)
        VALUES ($id, $account, $region, $user, $session, $by, $template, $parameters, $description, $mode, $loop, $safety, $role, $group, $status, $next,
            $now, $now, $due)
        """,
        ("id", Id), ("account", Account), ("region", RegionId), ("user", RamUser), ("session", SessionKey), ("by", ExecutedBy), ("template", TemplateName),
        ("parameters", Parameters.ToJsonString()), ("description", Description), ("mode", Mode), ("loop", LoopMode), ("safety", SafetyCheck),
        ("role", RamRole), ("group", ResourceGroup), ("status", Status), ("next", NextTask), ("now", CreatedAt.Milliseconds()), ("due", DueAt?.Milliseconds()));

    /// <summary>Writes how far it is.</summary>
    public void Update(Session store) => store.Execute(
        """
        UPDATE oos_execution SET status = $status, message = $message, outputs = $outputs, next_task = $next, ending = $ending,
            updated_at = $now, ended_at = $ended, due_at = $due WHERE id = $id
        """, ("id", Id), ("status", Status), ("message", Message), ("outputs", Outputs.ToJsonString()), ("next", NextTask), ("ending", Ending),
        ("now", store.Now.Milliseconds()), ("ended", EndedAt?.Milliseconds()), ("due", DueAt?.Milliseconds()));

    /// <summary>A line in its log, about one of its tasks or about itself.</summary>
    public void Log(Session store, string message, string task = "") => store.Execute(
        "INSERT INTO oos_log (execution, task, message, logged_at) VALUES ($execution, $task, $message, $now)",
        ("execution", Id), ("task", task), ("message", message), ("now", store.Now.Milliseconds()));
}
