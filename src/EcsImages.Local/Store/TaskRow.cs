using System.Text.Json;
using EcsImages.Local.Dispatch;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A job that takes a while, as a client follows it. Its state is a pure function of the row and the time.</summary>
internal sealed record TaskRow
{
    // The service names only Processing, Finished and Failed; clients of it also know Waiting, and what a cancelled one is called is our choice.
    public const string Waiting = "Waiting", Processing = "Processing", Finished = "Finished", Failed = "Failed", Cancelled = "Cancelled";

    /// <summary>All columns, with the status at $now, and when the task ended or will end.</summary>
    public const string View =
        """
        (SELECT t.*, coalesce(cancelled_at, ready_at) AS ends_at,
            CASE WHEN cancelled_at IS NOT NULL THEN 'Cancelled' WHEN $now < started_at THEN 'Waiting' WHEN $now < ready_at THEN 'Processing'
                ELSE outcome END AS status
        FROM task t)
        """;

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }

    /// <summary>The operation that began it.</summary>
    public required string Action { get; init; }

    /// <summary>What it works on.</summary>
    public required string Resource { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public TimeSpan Duration { get; init; }

    /// <summary>While bytes are moved for it, how long that takes by the clock alone; null else.</summary>
    public TimeSpan? Planned { get; init; }

    /// <summary>How many of them are moved, 0 to 99.</summary>
    public int BytesPercent { get; init; }

    /// <summary>When it ended, or will.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>What it was at the time of the session that read it.</summary>
    public string Status { get; init; } = Waiting;

    public bool IsOver => Status is Finished or Failed or Cancelled;

    /// <summary>Only these stop when asked.</summary>
    public bool CanBeCancelled => Action is "ImportImage" or "ExportImage";

    /// <summary>An own task.</summary>
    public static TaskRow? Find(Session session, string account, string region, string id) => session.Single(
        $"SELECT * FROM {View} WHERE id = $id AND account = $account AND region = $region", Read,
        ("id", id), ("account", account), ("region", region), ("now", session.Now.Milliseconds()));

    public static TaskRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        Action = row.Text("action"),
        Resource = row.Text("resource"),
        CreatedAt = row.Time("created_at"),
        StartedAt = row.Time("started_at"),
        Duration = TimeSpan.FromMilliseconds(row.Long("duration_ms")),
        Planned = row.IsDBNull(row.GetOrdinal("planned_ms")) ? null : TimeSpan.FromMilliseconds(row.Long("planned_ms")),
        BytesPercent = row.Int("bytes_percent"),
        EndsAt = row.Time("ends_at"),
        Status = row.Text("status"),
    };

    /// <summary>Its parts tell whether it will fail: one that does makes the whole fail.</summary>
    public void Insert(Session session, IReadOnlyList<TaskPart> parts)
    {
        session.Execute(
            """
            INSERT INTO task (id, account, region, action, resource, created_at, started_at, duration_ms, planned_ms, outcome)
            VALUES ($id, $account, $region, $action, $resource, $created, $started, $duration, $planned, $outcome)
            """,
            ("id", Id), ("account", Account), ("region", RegionId), ("action", Action), ("resource", Resource), ("created", CreatedAt.Milliseconds()),
            ("started", StartedAt.Milliseconds()), ("duration", (long)Duration.TotalMilliseconds), ("planned", (long?)Planned?.TotalMilliseconds), ("outcome", parts.Any(static p => p.Failed) ? Failed : Finished));
        for (var i = 0; i < parts.Count; i++)
            session.Execute("INSERT INTO task_part VALUES ($task, $number, $related, $code, $message)", ("task", Id), ("number", i + 1),
                ("related", JsonSerializer.Serialize(new SortedDictionary<string, string>(parts[i].Related.ToDictionary(), StringComparer.Ordinal), JsonText.Default.SortedDictionaryStringString)),
                ("code", parts[i].ErrorCode), ("message", parts[i].ErrorMessage));
    }

    public IReadOnlyList<TaskPart> Parts(Session session) => session.List("SELECT related, error_code, error_message FROM task_part WHERE task = $id ORDER BY number",
        static r => new TaskPart(JsonSerializer.Deserialize(r.GetString(0), JsonText.Default.SortedDictionaryStringString)!, r.GetString(1), r.GetString(2)), ("id", Id));

    /// <summary>Ends it now.</summary>
    public void Cancel(Session session) =>
        session.Execute("UPDATE task SET cancelled_at = $now WHERE id = $id", ("now", session.Now.Milliseconds()), ("id", Id));

    /// <summary>Says anew when the task of a resource begins.</summary>
    public static void Start(Session session, string resource, DateTimeOffset at) =>
        session.Execute("UPDATE task SET started_at = $at WHERE resource = $resource AND cancelled_at IS NULL", ("at", at.Milliseconds()), ("resource", resource));

    /// <summary>0 to 100; one that failed or was cancelled stays where it broke off.</summary>
    public int ProgressAt(DateTimeOffset now) => Status switch
    {
        Finished => 100,
        // Where the image of a failed import stays too.
        Failed => 50,
        _ when Planned is { } planned => Math.Min(BytesPercent, Clocked(planned, now)),
        _ => Clocked(Duration, now),
    };

    private int Clocked(TimeSpan whole, DateTimeOffset now) =>
        whole <= TimeSpan.Zero ? 0 : (int)Math.Clamp(100 * ((EndsAt < now ? EndsAt : now) - StartedAt) / whole, 0, 99);
}

/// <summary>One thing of several that a task does: names and values of what it is about, and what goes wrong with it, if anything.</summary>
internal sealed record TaskPart(IReadOnlyDictionary<string, string> Related, string ErrorCode = "", string ErrorMessage = "")
{
    public bool Failed => ErrorCode.Length > 0;
}
