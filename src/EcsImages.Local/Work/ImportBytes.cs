using EcsImages.Core.Disks;
using EcsImages.Local.Contents;
using EcsImages.Local.Ecs;
using EcsImages.Local.Ecs.Imports;
using EcsImages.Local.Store;

namespace EcsImages.Local.Work;

/// <summary>Reads the disks that files hold, piece by piece; a piece that is committed is kept whatever becomes of the process.</summary>
internal static class ImportBytes
{
    private const long LeastPiece = 64L << 20;
    private const int MostPieces = 512;

    public static async Task RunAsync(WorkRun run)
    {
        foreach (var disk in run.Work.Disks) await ReadAsync(run, disk).ConfigureAwait(false);
        run.Commit(s => Complete(s, run.Work));
    }

    /// <summary>The import ends now, without an image that could be used.</summary>
    public static void Fail(Session store, ByteWork work, int number, string message)
    {
        ByteWorkRows.Fail(store, work, number, "ImportImageFailed", message);
        ImageSnapshots.DeleteOf(store, work.Resource);
        store.Execute("UPDATE image_disk SET snapshot = '', content_id = NULL WHERE image = $image", ("image", work.Resource));
        store.Execute(
            """
            UPDATE image SET started_at = min(started_at, $now), duration_ms = max(0, $now - started_at), ready_at = $now, planned_ms = NULL,
                outcome = 'CreateFailed', failure = $failure WHERE id = $image
            """, ("now", store.Now.Milliseconds()), ("failure", message), ("image", work.Resource));
        var place = store.Single("SELECT account, region FROM image WHERE id = $image", static r => new Place(r.GetString(0), r.GetString(1)), ("image", work.Resource))!;
        WorkQueue.Imports.MoveUp(store, place.Account, place.Region);
    }

    private static async Task ReadAsync(WorkRun run, ByteWorkDisk part)
    {
        var source = run.Open(part, run.LengthOf(part.Source!));
        var disk = await DiskMagic.Opening(DiskMagic.FormatOf(part.Format)!.Value).OpenAsync(source, run.Stop).ConfigureAwait(false);
        await using (disk.ConfigureAwait(false))
        {
            var piece = Math.Max(LeastPiece, disk.Length / MostPieces / MiB.Size * MiB.Size);
            for (var at = part.Done; at < disk.Length;)
            {
                var start = await NextDataAsync(disk, at, run.Stop).ConfigureAwait(false) / MiB.Size * MiB.Size;
                start = Math.Max(at, start);
                at = Math.Min(disk.Length, start + piece);
                if (start < disk.Length) await KeepAsync(run, part, disk, start, at).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<long> NextDataAsync(IDisk disk, long at, CancellationToken stop)
    {
        while (at < disk.Length)
        {
            var range = await disk.RangeAtAsync(at, stop).ConfigureAwait(false);
            if (!range.IsZero) break;
            at = range.End;
        }
        return at;
    }

    private static async Task KeepAsync(WorkRun run, ByteWorkDisk part, IDisk disk, long start, long end)
    {
        var content = run.Begin(end - start);
        await using (content.ConfigureAwait(false))
        {
            await DiskCopy.RunAsync(new DiskSlice(disk, start, end - start), content, run.Telling(part, start), run.Stop).ConfigureAwait(false);
            run.Commit(s =>
            {
                content.Publish(s);
                if (content.Id is { } id)
                    s.Execute("INSERT INTO byte_work_piece VALUES ($work, $disk, $start, $length, $content)",
                        ("work", run.Work.Key), ("disk", part.Number), ("start", start), ("length", end - start), ("content", id));
                ByteWorkRows.KeepDone(s, run.Work, part, end);
            });
        }
    }

    private static void Complete(Session store, ByteWork work)
    {
        foreach (var disk in work.Disks)
        {
            var parts = store.List("SELECT start, length, content_id FROM byte_work_piece WHERE work = $work AND disk = $disk ORDER BY start",
                static r => new ContentPart(r.GetInt64(0), r.GetInt64(1), r.GetString(2), 0, null), ("work", work.Key), ("disk", disk.Number));
            // A disk of zeros has no content.
            if (parts.Count == 0) continue;
            var content = ComposedContent.Create(store.Transaction, parts, store.Now);
            store.Execute("UPDATE image_disk SET content_id = $content WHERE image = $image AND device = $device", ("content", content), ("image", work.Resource), ("device", disk.Name));
            store.Execute("UPDATE snapshot SET content_id = $content WHERE id = (SELECT snapshot FROM image_disk WHERE image = $image AND device = $device)",
                ("content", content), ("image", work.Resource), ("device", disk.Name));
        }
        const string Duration = "max(planned_ms, $now - started_at)";
        (string, object?)[] values = [("now", store.Now.Milliseconds()), ("image", work.Resource)];
        store.Execute($"UPDATE image SET duration_ms = {Duration}, ready_at = started_at + {Duration}, planned_ms = NULL WHERE id = $image", values);
        store.Execute("UPDATE snapshot SET duration_ms = (SELECT duration_ms FROM image WHERE id = $image) WHERE id IN (SELECT snapshot FROM image_disk WHERE image = $image)", ("image", work.Resource));
        ByteWorkRows.Release(store, work);
        ByteWorkRows.Delete(store, work.Task);
    }

    private sealed record Place(string Account, string Region);
}
