using EcsImages.Local.Contents;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Detection;
using EcsImages.Local.Oss;
using EcsImages.Local.Store;
using EcsImages.Local.Work;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>An image out of objects in OSS, which may be deleted afterwards: a raw one's bytes are shared, the others' are read in the background.</summary>
/// <param name="looks">What the objects turned out to be, by body; they are looked at before the transaction begins.</param>
internal sealed class ImportImage(IReadOnlyDictionary<long, ObjectLook> looks) : IReadingOperation
{
    public const string Action = "ImportImage";

    private const string Role = "AliyunECSImageImportDefaultRole";

    public ImportImage()
        : this(new Dictionary<long, ObjectLook>())
    {
    }

    public string Name => Action;

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = [.. ImageWords.Judged, .. TagWords.Judged, "ClientToken", "DiskDeviceMapping.N"];

    // There are no cloud boxes here.
    public IReadOnlyList<string> RefusedHere { get; } = ["StorageLocationArn"];

    public async Task<IOperation> ReadAsync(Call call, OssStore store, CancellationToken stop) =>
        new ImportImage(await ObjectLooks.ReadAsync(call, store, stop).ConfigureAwait(false));

    public Reply Run(Call call, Session store)
    {
        var name = ImageWords.Name(call, "ImageName");
        var description = ImageWords.Description(call, "Description") ?? "";
        var tags = ReadTags(call);
        var group = ImageWords.ResourceGroup(call);
        var system = ImportedSystem.Read(call);
        var asked = ImportDisk.ReadAll(call);
        if (call.Text("StorageLocationArn") is { } box) throw Error.Of("InvalidStorageLocation.NotFound", box);
        var role = ServiceRole.Need(call, store, Role);
        var sources = asked.Select(d => ImportSource.Find(call, store, role, d, looks)).ToArray();
        ImageQuota.NeedRoom(store, call.Account, call.RegionId);
        if (name is not null) NeedFree(call, store, name, asked[0]);

        var fault = sources.FirstOrDefault(static s => s.Fault is not null)?.Fault;
        var moves = fault is null && sources.Any(static s => !s.IsDiskItself);
        var planned = TimeSpan.FromMilliseconds(store.Duration(fault is null ? Seconds(sources) : 1));
        var id = Ids.Image(call.RegionId);
        var image = system.Describe(new Image
        {
            Id = id,
            Name = name ?? id,
            Owner = call.Account,
            RegionId = call.RegionId,
            Description = description,
            SizeGiB = sources[0].SizeGiB,
            CreatedAt = call.Now,
            StartedAt = WorkQueue.Imports.NextStart(store, call.Account, call.RegionId),
            Duration = moves ? ByteWork.Held : planned,
            Planned = moves ? planned : null,
            Outcome = fault is null ? ImageState.Available : ImageState.CreateFailed,
            Failure = fault ?? "",
            MadeBy = Name,
            ResourceGroup = group,
        });
        ImageRows.Insert(store, image with { Disks = [.. sources.Select((s, i) => Disk(store, image, s, i))] });
        if (call.Text("DetectionStrategy") is not null) DetectionWork.Ask(store, image);
        TagRows.Put(store, call.Account, call.RegionId, "image", id, tags);
        return new(new() { ["RegionId"] = call.RegionId, ["TaskId"] = Follow(store, image, sources), ["ImageId"] = id });
    }

    // A second for the whole and one for every ten GiB: much less than at the service, yet time enough to think better of a big one.
    private static double Seconds(IReadOnlyList<ImportSource> sources) => 1 + sources.Sum(static s => s.SizeGiB) / 10.0;

    private static IReadOnlyList<TagPair> ReadTags(Call call)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in call.Structs("Tag").Select(static t => t.Text("Key")).OfType<string>())
            if (!known.Add(key)) throw Error.Of("TagKey.Duplication", key);
        return TagWords.Read(call);
    }

    // The same import once more, while it runs, is told from a name that is merely taken.
    private static void NeedFree(Call call, Session store, string name, ImportDisk disk)
    {
        var running = store.Scalar<string>(
            """
            SELECT image.id FROM image JOIN image_disk d ON d.image = image.id AND d.type = 'system'
            WHERE account = $account AND region = $region AND name = $name AND made_by = 'ImportImage' AND ready_at > $now
            AND oss_bucket = $bucket AND oss_object = $object
            """,
            ("account", call.Account), ("region", call.RegionId), ("name", name), ("now", call.Now.Milliseconds()), ("bucket", disk.Bucket), ("object", disk.Object));
        if (running is not null) throw Error.Of("ImageIsImporting", running);
        ImageWords.NeedFree(store, call.Account, call.RegionId, name);
    }

    private static string DeviceOf(int index) => $"/dev/xvd{(char)('a' + index)}";

    private static ImageDisk Disk(Session store, Image image, ImportSource source, int index)
    {
        var disk = new ImageDisk(DeviceOf(index), index == 0 ? "system" : "data", source.SizeGiB, "", source.Format, source.Disk.Bucket, source.Disk.Object);
        if (image.Outcome == ImageState.CreateFailed) return disk;
        if (source.IsDiskItself) disk = disk with { ContentId = ComposedContent.Create(store.Transaction, source.Parts(store), store.Now) };
        return disk with
        {
            Snapshot = ImageSnapshots.Insert(store, image, new SourceDisk(disk.Device, disk.Type, disk.SizeGiB, "", "", false, "", disk.ContentId), image.Id),
        };
    }

    private static string Follow(Session store, Image image, IReadOnlyList<ImportSource> sources)
    {
        var task = new TaskRow
        {
            Id = Ids.Task(image.RegionId),
            Account = image.Owner,
            RegionId = image.RegionId,
            Action = Action,
            Resource = image.Id,
            CreatedAt = image.CreatedAt,
            StartedAt = image.StartedAt!.Value,
            Duration = image.Duration,
            Planned = image.Planned,
        };
        task.Insert(store,
        [
            .. sources.Select(static s => new TaskPart(
                new Dictionary<string, string> { ["OSSBucket"] = s.Disk.Bucket, ["OSSObject"] = s.Disk.Object },
                s.Fault is null ? "" : "InvalidImageFormat.Malformed", s.Fault ?? "")),
        ]);
        if (image.Planned is not null)
            ByteWorkRows.Insert(store, task.Id, sources.Select((s, i) => (Source: s, Index: i)).Where(static p => !p.Source.IsDiskItself).Select(p => new ByteWorkDisk(
                p.Index + 1, DeviceOf(p.Index), p.Source.Format, p.Source.Disk.Bucket, p.Source.Disk.Key,
                ComposedContent.Create(store.Transaction, p.Source.Parts(store), store.Now), Math.Max(1, p.Source.Length))));
        return task.Id;
    }
}
