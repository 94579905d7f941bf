using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>An image as DescribeImages shows it to the caller.</summary>
internal static class ImageJson
{
    public static JsonObject Of(Call call, Session store, Image image)
    {
        var isRow = image.RegionId.Length > 0;
        var status = ImageState.At(image, call.Now);
        var progress = ImageState.ProgressAt(image, call.Now).ToString(CultureInfo.InvariantCulture) + "%";
        var disks = isRow && image.Disks.Count == 0 ? ImageRows.DisksOf(store, image.Id) : image.Disks;
        var isSharedOut = isRow && image.Owner == call.Account
            && store.Scalar<long>("SELECT EXISTS (SELECT 1 FROM image_share WHERE image = $id)", ("id", image.Id)) > 0;
        var json = new JsonObject
        {
            ["ImageId"] = image.Id,
            ["ImageName"] = image.Name,
            ["ImageOwnerAlias"] = image.AliasFor(call.Account),
            ["ImageOwnerId"] = long.Parse(image.Owner, CultureInfo.InvariantCulture),
            ["ImageFamily"] = image.Family,
            ["ImageVersion"] = image.Version,
            ["Description"] = image.Description,
            ["Status"] = status,
            ["Usable"] = image.IsUsableWhen(status),
            ["Progress"] = progress,
            ["CreationTime"] = Times.Second(image.CreatedAt),
            ["Size"] = image.SizeGiB,
            ["OSType"] = image.OsType,
            ["OSName"] = image.OsName,
            ["OSNameEn"] = image.OsNameEn,
            ["Platform"] = image.Platform,
            ["Architecture"] = image.Architecture,
            ["BootMode"] = image.BootMode,
            ["Features"] = new JsonObject
            {
                ["NvmeSupport"] = image.Nvme,
                ["ImdsSupport"] = image.Imds,
                ["CpuOnlineUpgrade"] = "unsupported",
                ["CpuOnlineDowngrade"] = "unsupported",
                ["MemoryOnlineUpgrade"] = "unsupported",
                ["MemoryOnlineDowngrade"] = "unsupported",
            },
            ["IsPublic"] = image.IsPublic,
            ["IsCopied"] = image.IsCopied,
            ["IsSelfShared"] = !isRow ? "" : isSharedOut ? "true" : "false",
            ["IsSubscribed"] = false,
            ["IsSupportCloudinit"] = image.CloudInit,
            ["IsSupportIoOptimized"] = image.IoOptimized,
            ["LoginAsNonRootSupported"] = image.LoginAsNonRoot,
            ["ProductCode"] = image.ProductCode,
            ["ResourceGroupId"] = image.ResourceGroup,
            ["Usage"] = IsUsed(store, call.Account, image.Id) ? "instance" : "none",
            ["DiskDeviceMappings"] = Reply.Wrap("DiskDeviceMapping", disks.Select(d => Disk(d, SecondsLeft(call, image), progress))),
            ["Tags"] = Reply.Wrap("Tag", isRow && image.Owner == call.Account ? Tags(store, image.Id) : []),
        };
        if (image.Supplier.Length > 0) json["SupplierName"] = image.Supplier;
        if (image.LicenseType.Length > 0) json["LicenseType"] = image.LicenseType;
        if (image.SecureBoot.Length > 0) json["SecureBootOptions"] = new JsonObject { ["SecureBootSupport"] = image.SecureBoot };
        if (image.Detection.Length > 0) json["DetectionOptions"] = JsonNode.Parse(image.Detection);
        return json;
    }

    public static bool IsUsed(Session store, string account, string image) => store.Scalar<long>(
        "SELECT EXISTS (SELECT 1 FROM instance WHERE account = $account AND image = $image)", ("account", account), ("image", image)) > 0;

    // Only the disks of a copy say how far they are, and how long they will still take.
    private static int? SecondsLeft(Call call, Image image) =>
        image.IsCopied && image.StartedAt + image.Duration - call.Now is { } left && left > TimeSpan.Zero ? (int)Math.Ceiling(left.TotalSeconds) : null;

    private static JsonObject Disk(ImageDisk disk, int? secondsLeft, string progress)
    {
        var json = new JsonObject
        {
            ["Device"] = disk.Device,
            ["Type"] = disk.Type,
            ["Size"] = disk.SizeGiB.ToString(CultureInfo.InvariantCulture),
            ["SnapshotId"] = disk.Snapshot,
            ["Format"] = disk.Format,
            ["ImportOSSBucket"] = disk.OssBucket,
            ["ImportOSSObject"] = disk.OssObject,
            ["Encrypted"] = disk.Encrypted,
        };
        if (secondsLeft is { } seconds) (json["Progress"], json["RemainTime"]) = (progress, seconds);
        return json;
    }

    private static List<JsonObject> Tags(Session store, string image) => store.List(
        "SELECT key, value FROM tag WHERE resource = $image ORDER BY key",
        static r => new JsonObject { ["TagKey"] = r.GetString(0), ["TagValue"] = r.GetString(1) }, ("image", image));
}
