using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;
using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Store;
using EcsImages.Local.Work;

namespace EcsImages.Local.Ecs.Exports;

/// <summary>A file for each disk of an own image, in a bucket of its region; they are there once the task ends, all at once.</summary>
internal sealed class ExportImage : IOperation
{
    public const string Action = "ExportImage", Failed = "ExportImageFailed";

    private const string Role = "AliyunECSImageExportDefaultRole";
    private const int MostDataDisks = 4, MostDataGiB = 500, MostOfPrefix = 30;

    // How many the service lets run is in no source; as many as of copies is our choice.
    private const int AtOnce = 5;

    public string Name => Action;

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["OSSPrefix", "ImageFormat"];

    public Reply Run(Call call, Session store)
    {
        var prefix = ReadPrefix(call);
        var format = ReadFormat(call);
        var (bucketName, imageId) = (call.Needed("OSSBucket"), call.Needed("ImageId"));
        var image = NeedExportable(call, store, imageId);
        NeedBucket(call, store, bucketName);
        var files = image.Disks.Select(d => (Disk: d, Key: prefix + NameOf(image, d) + format.Suffix)).ToArray();
        var role = ServiceRole.Need(call, store, Role);
        foreach (var file in files) role.NeedRight("oss:PutObject", call.Account, bucketName, file.Key);
        if (IsUnderWay(store, image.Id)) throw Error.Of("ImageIsExporting", image.Id);
        NeedPlace(call, store);

        var task = new TaskRow
        {
            Id = Ids.ExportTask(call.RegionId),
            Account = call.Account,
            RegionId = call.RegionId,
            Action = Action,
            Resource = image.Id,
            CreatedAt = call.Now,
            StartedAt = call.Now,
            Duration = ByteWork.Held,
            Planned = TimeSpan.FromMilliseconds(store.Duration(1 + image.Disks.Sum(static d => d.SizeGiB) / 10.0)),
        };
        task.Insert(store, [.. files.Select(f => new TaskPart(new Dictionary<string, string> { ["OSSBucket"] = bucketName, ["OSSObject"] = f.Key }))]);
        ByteWorkRows.Insert(store, task.Id, files.Select((f, i) => new ByteWorkDisk(
            i + 1, f.Disk.Device, format.Name, bucketName, OssNames.CheckKey(f.Key), f.Disk.ContentId, (long)f.Disk.SizeGiB << 30)));
        return new(new() { ["RegionId"] = call.RegionId, ["TaskId"] = task.Id });
    }

    public static bool IsUnderWay(Session store, string image) => store.Scalar<long>(
        "SELECT EXISTS (SELECT 1 FROM task WHERE resource = $image AND action = 'ExportImage' AND cancelled_at IS NULL AND ready_at > $now)",
        ("image", image), ("now", store.Now.Milliseconds())) != 0;

    // Prefix and name as the provider of Terraform waits for them; a data disk's says where it is mounted.
    private static string NameOf(Image image, ImageDisk disk) =>
        disk.Type == "system" ? $"{image.Id}_system" : $"{image.Id}_data_{disk.Device[(disk.Device.LastIndexOf('/') + 1)..]}";

    private static string ReadPrefix(Call call)
    {
        if (call.Text("OSSPrefix") is not { } prefix) return "";
        return prefix.Length <= MostOfPrefix && prefix.All(char.IsAsciiLetterOrDigit) ? prefix + "_" : throw Error.Of("InvalidOSSPrefix.Malformed", prefix, MostOfPrefix);
    }

    private static ExportFormat ReadFormat(Call call)
    {
        var known = call.Operation.Request.Single(static f => f.Name == "ImageFormat").KnownValues;
        var name = call.Text("ImageFormat")?.ToLowerInvariant() ?? ExportFormat.Raw;
        if (!known.Contains(name)) throw Error.Of("InvalidImageFormat.Malformed", call.Text("ImageFormat"), string.Join(", ", known));
        return ExportFormat.Allows(call.RegionId, name) ? ExportFormat.Find(name) : throw Error.Of("InvalidImageFormat.RegionNotSupported", call.RegionId, name);
    }

    private static Image NeedExportable(Call call, Session store, string id)
    {
        var image = Images.NeedUsable(call, store, id);
        if (image.Owner != call.Account) throw Error.Of("InvalidImageCategory.NotSupported", id, "only own images can be exported");
        if (image.IsPublic) throw Error.Of("InvalidImageCategory.NotSupported", id, "it is a community image");
        if (image.ProductCode.Length > 0) throw Error.Of("InvalidImageCategory.NotSupported", id, "it comes of a Marketplace image");
        if (image.Encrypted || image.Disks.Any(static d => d.Encrypted)) throw Error.Of("ImageNotSupported", id);
        if (ImageState.At(image, call.Now) is var state and not ImageState.Available) throw Error.Of("IncorrectImageStatus", id, state);
        var data = image.Disks.Where(static d => d.Type == "data").ToArray();
        if (data.Length > MostDataDisks || data.Any(static d => d.SizeGiB > MostDataGiB)) throw Error.Of("InvalidImage.DiskAmountOrSize", id, MostDataDisks, MostDataGiB);
        return image;
    }

    private static void NeedBucket(Call call, Session store, string name)
    {
        var bucket = Bucket.Find(store, name) ?? throw Error.Of("InvalidOSSBucket.NotFound", name);
        if (bucket.Account != call.Account) throw Error.Of("InvalidOSSBucket.NotMatched", name, "it belongs to another account");
        if (bucket.Region != call.RegionId) throw Error.Of("InvalidOSSBucket.NotMatched", name, $"it is in {bucket.Region}, and the image in {call.RegionId}");
    }

    private static void NeedPlace(Call call, Session store)
    {
        var count = store.Scalar<long>(
            """
            SELECT count(*) FROM task WHERE account = $account AND region = $region AND action = 'ExportImage' AND cancelled_at IS NULL AND ready_at > $now
            """, ("account", call.Account), ("region", call.RegionId), ("now", call.Now.Milliseconds()));
        if (count >= AtOnce) throw Error.Of("ConcurrentQuotaExceed.ExportImage", count, call.RegionId);
    }
}
