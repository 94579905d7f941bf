using EcsImages.Local.Catalog;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Due;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>Executions of pipelines as due work: a stage ends what is under way, and begins what comes next.</summary>
internal sealed class BuildWork(Database database, DiskLooks looks) : IDueWork
{
    // Few are under way at a time: a pipeline has one at most.
    internal const string NextDue =
        """
        SELECT e.id, max(e.due_at, coalesce((SELECT max(min(i.ready_at, 32503680000000)) FROM json_each(e.waits) w JOIN image i ON i.id = w.value), 0)) AS due
        FROM image_pipeline_execution e WHERE e.due_at IS NOT NULL ORDER BY due, e.key LIMIT 1
        """;

    public DueStage? Next(Session store) => store.Single(NextDue, static r => new DueStage(r.Text("id"), r.Time("due")));

    // An instance of a public image refers to that image's disk. What was written already costs nothing.
    public IReadOnlyList<SyntheticDisk> Needs(Session store, DueStage stage)
    {
        var execution = BuildExecution.Get(store, stage.Id);
        return execution.Made.Instance is null && CatalogImages.Find(execution.RegionId, execution.Made.BaseImage) is { } image ? [LaunchImage.DiskOf(image)] : [];
    }

    public async Task ReadAsync(DueStage stage, CancellationToken stop)
    {
        string? content;
        using (var session = database.Read())
            content = BuildExecution.Get(session, stage.Id) is { Made.Instance: { } instance } ? ContentOf(session, instance) : null;
        if (content is not null) await looks.LookAsync(content, stop).ConfigureAwait(false);
    }

    public bool Run(Session store, DueStage stage) => new BuildRun(store, BuildExecution.Get(store, stage.Id), looks).Advance();

    /// <summary>The content of an instance's system disk; null for zeros, and where it is gone.</summary>
    public static string? ContentOf(Session store, string instance) =>
        store.Scalar<string>("SELECT content_id FROM disk WHERE instance = $instance AND type = 'system'", ("instance", instance));
}
