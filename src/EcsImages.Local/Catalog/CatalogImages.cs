using System.Globalization;
using System.Text.Json;
using EcsImages.Local.Store;

namespace EcsImages.Local.Catalog;

/// <summary>Public images, and a few of the marketplace and of the community; newest first.</summary>
internal static class CatalogImages
{
    private static readonly Lazy<(Image Image, string[] Regions)[]> Images = new(static () =>
    [
        .. CatalogFile.Read("images.json", "images", static i => (Read(i), i.Texts("Regions")))
            .OrderByDescending(static i => i.Item1.CreatedAt).ThenBy(static i => i.Item1.Id, StringComparer.Ordinal),
    ]);

    public static IEnumerable<Image> In(string region) =>
        Images.Value.Where(i => i.Regions.Length == 0 || i.Regions.Contains(region)).Select(static i => i.Image);

    public static Image? Find(string region, string id) => In(region).FirstOrDefault(i => i.Id == id);

    private static Image Read(JsonElement json)
    {
        var features = json.GetProperty("Features");
        var alias = json.Text("ImageOwnerAlias");
        var created = DateTimeOffset.Parse(json.Text("CreationTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new Image
        {
            Id = json.Text("ImageId"),
            Name = json.Text("ImageName"),
            Owner = json.Text("ImageOwnerId"),
            CatalogAlias = alias == "others" ? "" : alias,
            Description = json.Text("Description"),
            Family = json.Text("ImageFamily"),
            Version = json.Text("ImageVersion"),
            OsType = json.Text("OSType"),
            OsName = json.Text("OSName"),
            OsNameEn = json.Text("OSNameEn"),
            Platform = json.Text("Platform"),
            Architecture = json.Text("Architecture"),
            BootMode = json.Text("BootMode"),
            Nvme = features.Text("NvmeSupport"),
            Imds = features.Text("ImdsSupport"),
            CloudInit = json.Flag("IsSupportCloudinit"),
            IoOptimized = json.Flag("IsSupportIoOptimized"),
            LoginAsNonRoot = json.Flag("LoginAsNonRootSupported"),
            SizeGiB = json.GetProperty("Size").GetInt32(),
            CreatedAt = created,
            StartedAt = created,
            IsPublic = json.Flag("IsPublic"),
            ProductCode = json.Text("ProductCode"),
            Supplier = json.Text("SupplierName"),
            Families = json.Texts("InstanceFamilies"),
            Disks = json.TryGetProperty("Disks", out var disks) ? [.. disks.EnumerateArray().Select(Disk)] : [],
        };
    }

    private static ImageDisk Disk(JsonElement json) => new(json.Text("Device"), json.Text("Type"),
        int.Parse(json.Text("Size"), CultureInfo.InvariantCulture), json.Text("SnapshotId"), json.Text("Format"));
}
