using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Due;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Detection;

/// <summary>The image check as due work: once an image is there, its disk is read, and the image says what was found.</summary>
internal sealed class DetectionWork(Database database, DiskLooks looks) : IDueWork
{
    internal const string NextDue =
        "SELECT d.image AS id, min(i.ready_at, 32503680000000) + d.wait_ms AS due FROM image_detection d JOIN image i ON i.id = d.image ORDER BY due LIMIT 1";

    private const double Seconds = 0.5;

    // rules.md 87: what the check found, as tags of the service's own.
    private static readonly (string Item, string Key)[] Tagged = [("OSVersion", "acs:ecs:image:osVersion"), ("KernelVersion", "acs:ecs:image:kernelVersion")];

    /// <summary>Has a new image checked, if it is of those that are. The image is a row by then.</summary>
    public static void Ask(Session store, Image image)
    {
        if (image.Outcome != ImageState.Available || !DetectionItems.AreFor(image)) return;
        store.Execute("INSERT INTO image_detection (image, wait_ms) VALUES ($image, $wait)", ("image", image.Id), ("wait", store.Duration(Seconds)));
        Write(store, image.Id, new JsonObject { ["Status"] = "Processing" });
    }

    public DueStage? Next(Session store) => store.Single(NextDue, static r => new DueStage(r.Text("id"), r.Time("due")));

    public async Task ReadAsync(DueStage stage, CancellationToken stop)
    {
        string? content;
        using (var session = database.Read()) content = ContentOf(session, stage.Id);
        if (content is not null) await looks.LookAsync(content, stop).ConfigureAwait(false);
    }

    public bool Run(Session store, DueStage stage)
    {
        store.Execute("DELETE FROM image_detection WHERE image = $image", ("image", stage.Id));
        var image = store.Single("SELECT * FROM image WHERE id = $id", ImageRows.Read, ("id", stage.Id))!;
        // A failed import has no disk to look at.
        if (image.Outcome == ImageState.CreateFailed)
        {
            Write(store, image.Id, null);
            return false;
        }
        var items = DetectionItems.Of(looks.Of(ContentOf(store, image.Id)), image, store.Now);
        Write(store, image.Id, Finished(items));
        foreach (var (name, key) in Tagged)
            if (items.FirstOrDefault(i => i.Name == name) is { } item) Tag(store, image, new(key, item.Value));
        return false;
    }

    // Where there is room: a check never fails.
    private static void Tag(Session store, Image image, TagPair tag)
    {
        if (tag.Value.Length <= 128 && store.Scalar<long>("SELECT count(*) FROM tag WHERE resource = $id", ("id", image.Id)) < TagRows.MostOnOne)
            TagRows.Put(store, image.Owner, image.RegionId, "image", image.Id, [tag]);
    }

    private static JsonObject Finished(IReadOnlyList<DetectionItem> items) =>
        new() { ["Status"] = "Finished", ["Items"] = Reply.Wrap("Item", items.Select(static i => i.Json())) };

    private static string? ContentOf(Session store, string image) => ImageRows.DisksOf(store, image).FirstOrDefault(static d => d.Type == "system")?.ContentId;

    private static void Write(Session store, string image, JsonObject? detection) =>
        store.Execute("UPDATE image SET detection = $detection WHERE id = $id", ("id", image), ("detection", detection?.ToJsonString() ?? ""));
}
