using System.Text.Json;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>An execution of a pipeline, as its row has it.</summary>
internal sealed record BuildExecution
{
    public const string Preparing = "PREPARING", Repairing = "REPAIRING", Building = "BUILDING", Testing = "TESTING", Distributing = "DISTRIBUTING",
        Releasing = "RELEASING", Success = "SUCCESS", PartitionSuccess = "PARTITION_SUCCESS", Failed = "FAILED", TestFailed = "TEST_FAILED",
        Cancelling = "CANCELLING", Cancelled = "CANCELLED";

    public const string ResourceType = "imagepipelineexecution";

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }
    public required string Pipeline { get; init; }
    public string ResourceGroup { get; init; } = "";
    public required string Status { get; init; }

    /// <summary>The stage that is under way; several may have one status.</summary>
    public required string Stage { get; init; }

    /// <summary>FAILED, TEST_FAILED or CANCELLED once it will end so; else empty.</summary>
    public string Ending { get; init; } = "";

    /// <summary>The images that must be ready before the stage ends.</summary>
    public IReadOnlyList<string> Waits { get; init; } = [];
    public required BuildMade Made { get; init; }

    /// <summary>The image that was built; empty until it is begun.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>A line for each status that it went through.</summary>
    public string Message { get; init; } = "";
    public string ErrorCode { get; init; } = "";
    public string ErrorInfo { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>Null once it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public static BuildExecution? Find(Session store, string account, string region, string id) => store.Single(
        "SELECT * FROM image_pipeline_execution WHERE id = $id AND account = $account AND region = $region", Read, ("id", id), ("account", account), ("region", region));

    public static BuildExecution Get(Session store, string id) => store.Single("SELECT * FROM image_pipeline_execution WHERE id = $id", Read, ("id", id))!;

    /// <summary>The id of the one that is under way of a pipeline; null where none is.</summary>
    public static string? Running(Session store, string pipeline) =>
        store.Scalar<string>("SELECT id FROM image_pipeline_execution WHERE pipeline = $pipeline AND due_at IS NOT NULL", ("pipeline", pipeline));

    public static BuildExecution Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        Pipeline = row.Text("pipeline"),
        ResourceGroup = row.Text("resource_group"),
        Status = row.Text("status"),
        Stage = row.Text("stage"),
        Ending = row.Text("ending"),
        Waits = JsonSerializer.Deserialize(row.Text("waits"), JsonText.Default.StringArray)!,
        Made = JsonSerializer.Deserialize(row.Text("made"), JsonText.Default.BuildMade)!,
        ImageId = row.Text("image"),
        Message = row.Text("message"),
        ErrorCode = row.Text("error_code"),
        ErrorInfo = row.Text("error_info"),
        CreatedAt = row.Time("created_at"),
        ModifiedAt = row.Time("modified_at"),
        DueAt = row.TimeOrNull("due_at"),
    };

    /// <summary>The same with a sentence more, in the line of its status.</summary>
    public BuildExecution Noting(string sentence)
    {
        var head = $"{Status}: ";
        var last = Message[(Message.LastIndexOf('\n') + 1)..];
        var lead = Message.Length == 0 ? head : last.StartsWith(head, StringComparison.Ordinal) ? " " : "\n" + head;
        return this with { Message = Message + lead + sentence };
    }

    public void Insert(Session store) => store.Execute(
        """
        INSERT INTO image_pipeline_execution (id, account, region, pipeline, resource_group, status, stage, ending, waits, made, image, message, error_code,
            error_info, created_at, modified_at, due_at)
        VALUES ($id, $account, $region, $pipeline, $group, $status, $stage, $ending, $waits, $made, $image, $message, $code, $info, $created, $modified, $due)
        """, [("account", Account), ("region", RegionId), ("pipeline", Pipeline), ("group", ResourceGroup), ("created", CreatedAt.Milliseconds()), .. Changing(store)]);

    /// <summary>Writes how far it is.</summary>
    public void Update(Session store) => store.Execute(
        """
        UPDATE image_pipeline_execution SET status = $status, stage = $stage, ending = $ending, waits = $waits, made = $made, image = $image, message = $message,
            error_code = $code, error_info = $info, modified_at = $modified, due_at = $due WHERE id = $id
        """, Changing(store));

    private (string, object?)[] Changing(Session store) =>
    [
        ("id", Id), ("status", Status), ("stage", Stage), ("ending", Ending), ("waits", JsonSerializer.Serialize([.. Waits], JsonText.Default.StringArray)),
        ("made", JsonSerializer.Serialize(Made, JsonText.Default.BuildMade)), ("image", ImageId), ("message", Message), ("code", ErrorCode), ("info", ErrorInfo),
        ("modified", store.Now.Milliseconds()), ("due", DueAt?.Milliseconds()),
    ];
}
