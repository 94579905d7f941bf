using EcsImages.Local.Due;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Store;
using EcsImages.Local.Work;

namespace EcsImages.Local.Ecs.Exports;

/// <summary>Ends of exports as due work: the files, which are whole by then, become objects.</summary>
internal sealed class ExportWork : IDueWork
{
    internal const string NextDue = "SELECT key, due_at FROM byte_work WHERE due_at IS NOT NULL ORDER BY due_at, key LIMIT 1";

    public DueStage? Next(Session store) => store.Single(NextDue, static r => new DueStage(r.Text("key"), r.Time("due_at")));

    public bool Run(Session store, DueStage stage)
    {
        var work = ByteWorkRows.Find(store, long.Parse(stage.Id, System.Globalization.CultureInfo.InvariantCulture))!;
        var first = work.Disks[0];
        if (Bucket.Find(store, first.Bucket) is not { } bucket)
        {
            // Buckets can go, also those that something is on its way to.
            ByteWorkRows.Fail(store, work, first.Number, "InvalidOSSBucket.NotFound", $"The bucket {first.Bucket} does not exist any more.");
            return true;
        }
        var frees = false;
        foreach (var disk in work.Disks) frees |= Put(store, work, disk, bucket);
        ByteWorkRows.Delete(store, work.Task);
        return frees;
    }

    private static bool Put(Session store, ByteWork work, ByteWorkDisk disk, Bucket bucket)
    {
        var file = ByteWorkFile.Of(store, work, disk);
        var body = BodyRows.Create(store);
        BodyRows.AddContent(store, body, 0, file.Size, file.Content, 0);
        var made = new StoredObject
        {
            Bucket = bucket.Name,
            Key = disk.Key,
            Body = body,
            Size = file.Size,
            Type = StoredObject.Multipart,
            ETag = file.ETag,
            Crc64 = file.Crc64,
            Traits = new(bucket.StorageClass, "default", new Dictionary<string, string> { ["Content-Type"] = "application/octet-stream" }, new Dictionary<string, string>()),
            ModifiedAt = store.Now,
        };
        return made.Put(store);
    }
}
