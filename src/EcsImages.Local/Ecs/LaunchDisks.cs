using System.Globalization;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Local.Catalog;
using EcsImages.Local.Contents;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The disks of each instance that is launched: those of the image, as changed and added to by the call.</summary>
internal static class LaunchDisks
{
    /// <summary>Rows without ids, the system disk first.</summary>
    public static IReadOnlyList<DiskRow> Plan(Call call, Session store, Image image, InstanceType type, string zone)
    {
        // The snapshots and keys of another account are not the caller's to see, nor to keep in use.
        var isOwn = image.Owner == call.Account;
        List<DiskRow> disks = [SystemDisk(call, store, image, isOwn, WithSettings(
            call.Struct("SystemDisk"), New(call, zone, "system", "cloud_essd"), "InvalidSystemDiskCategory.ValueNotSupported"))];
        foreach (var disk in image.Disks.Where(static d => d.Type == "data"))
            disks.Add(New(call, zone, "data", DefaultCategory(type)) with
            {
                Device = disk.Device,
                SizeGiB = disk.SizeGiB,
                SourceSnapshot = isOwn ? disk.Snapshot : "",
                Encrypted = disk.Encrypted,
                KmsKey = isOwn && disk.Encrypted ? image.KmsKey : "",
                ContentId = disk.ContentId,
            });
        var ofImage = disks.Skip(1).Select(static d => d.Device).ToHashSet(StringComparer.Ordinal);
        foreach (var data in call.Structs("DataDisk")) Add(disks, ofImage, data, DataDisk(call, store, data, type, zone));
        if (disks.Count > Disks.MostDataDisks + 1) throw Error.Of("InstanceDiskNumber.LimitExceed", disks.Count - 1, Disks.MostDataDisks);
        if (type.Nvme == "required" && disks.Find(static d => !SystemDiskSizes.SuitsNvme(d.Category)) is { } other)
            throw Error.Of("InvalidInstanceType.NotSupportDiskCategory", type.Id, other.Category);
        return [.. disks.Select(d => d.Device.Length > 0 ? d : d with { Device = FreeDevice(disks, d) })];
    }

    /// <summary>The system disk of an instance that gets another image, without an id; it is not smaller than the one before.</summary>
    public static DiskRow Replacement(Call call, Session store, Image image, DiskRow old) =>
        SystemDisk(call, store, image, image.Owner == call.Account, New(call, old.ZoneId, "system", old.Category) with
        {
            PerformanceLevel = old.PerformanceLevel,
            DeleteWithInstance = old.DeleteWithInstance,
            Encrypted = call.Bool("Encrypted") is true,
            KmsKey = call.Text("KMSKeyId") ?? "",
            ResourceGroup = old.ResourceGroup,
        }, old.SizeGiB);

    public static bool IsDataDevice(string device) =>
        device.Length == 9 && device.StartsWith("/dev/xvd", StringComparison.Ordinal) && device[8] is >= 'b' and <= 'z';

    private static DiskRow SystemDisk(Call call, Session store, Image image, bool isOwn, DiskRow disk, int former = 0)
    {
        var asked = call.Struct("SystemDisk");
        var (least, most) = DiskCategory.SystemSizes(disk.Category, disk.PerformanceLevel);
        var size = Math.Max(SystemDiskSizes.Default(image.SizeGiB), former);
        if (asked.Text("Size") is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size))
            throw Error.Of("InvalidSystemDiskSize.ValueNotSupported", text);
        if (size < least) throw Error.Of("InvalidSystemDiskSize.LessThanMinSize", size, $"the least size of its category, {least} GiB");
        if (size < former) throw Error.Of("InvalidSystemDiskSize.LessThanMinSize", size, $"the disk that it is to replace, {former} GiB");
        if (size > most) throw Error.Of("InvalidSystemDiskSize.MoreThanMaxSize", size, most);
        if (size < image.SizeGiB) throw Error.Of("InvalidSystemDiskSize.LessThanImageSize", size, image.SizeGiB);
        var source = image.Disks.FirstOrDefault(static d => d.Type == "system");
        var isEncrypted = source?.Encrypted is true;
        return disk with
        {
            Device = "/dev/xvda",
            SizeGiB = size,
            ImageId = image.Id,
            SourceSnapshot = isOwn ? source?.Snapshot ?? "" : "",
            Encrypted = disk.Encrypted || isEncrypted,
            KmsKey = disk.KmsKey.Length == 0 && isOwn && isEncrypted ? image.KmsKey : disk.KmsKey,
            ContentId = LaunchImage.IsOfCatalog(image) ? DiskContents.IdOf(store, LaunchImage.DiskOf(image)) : source?.ContentId,
        };
    }

    private static DiskRow DataDisk(Call call, Session store, Parameters asked, InstanceType type, string zone)
    {
        var disk = WithSettings(asked, New(call, zone, "data", DefaultCategory(type)), "InvalidDataDiskCategory.ValueNotSupported") with
        {
            DeleteWithInstance = asked.Bool("DeleteWithInstance") ?? true,
            SizeGiB = asked.Int("Size") ?? 0,
            Device = asked.Text("Device") ?? "",
        };
        if (disk.Device.Length > 0 && !IsDataDevice(disk.Device)) throw Error.Of("InvalidDataDevice.Malformed", disk.Device);
        if (asked.Text("SnapshotId") is not { } id) return disk;
        var snapshot = SnapshotRow.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidDataDiskSnapshotId.NotFound", id);
        if (snapshot.SourceDiskType != "data") throw Error.Of("InvalidSnapshotId.NotDataDiskSnapshot", id);
        if (snapshot.Status != SnapshotRow.Accomplished) throw Error.Of("InvalidSnapshotId.NotReady", id, snapshot.Status);
        if (disk.SizeGiB == 0) disk = disk with { SizeGiB = snapshot.SizeGiB };
        return disk.SizeGiB < snapshot.SizeGiB ? throw Error.Of("InvalidDiskSize.TooSmall", disk.SizeGiB, snapshot.SizeGiB)
            : disk with { SourceSnapshot = id, ContentId = snapshot.ContentId, Encrypted = disk.Encrypted || snapshot.Encrypted };
    }

    // A disk on the device of one of the image's changes that one, once, unless it brings a content of its own.
    private static void Add(List<DiskRow> disks, HashSet<string> ofImage, Parameters asked, DiskRow disk)
    {
        var at = disk.Device.Length == 0 ? -1 : disks.FindIndex(d => d.Device == disk.Device);
        if (at >= 0)
        {
            var source = disks[at];
            if (asked.Text("SnapshotId") is not null || !ofImage.Remove(disk.Device))
                throw Error.Of("InvalidDevice.InUse", disk.Device);
            if (disk.SizeGiB == 0) disk = disk with { SizeGiB = source.SizeGiB };
            if (disk.SizeGiB < source.SizeGiB) throw Error.Of("InvalidDiskSize.TooSmall", disk.SizeGiB, source.SizeGiB);
            disk = disk with
            {
                SourceSnapshot = source.SourceSnapshot,
                ContentId = source.ContentId,
                Encrypted = disk.Encrypted || source.Encrypted,
                KmsKey = disk.KmsKey.Length == 0 ? source.KmsKey : disk.KmsKey,
            };
        }
        var (least, most) = DiskCategory.DataSizes(disk.Category, disk.PerformanceLevel);
        if (disk.SizeGiB < least || disk.SizeGiB > most)
            throw Error.Of("InvalidDataDiskSize.ValueNotSupported", asked.NameOf("Size"), $"{disk.SizeGiB} is not from {least} to {most} for {disk.Category}");
        if (at >= 0) disks[at] = disk;
        else disks.Add(disk);
    }

    private static DiskRow WithSettings(Parameters asked, DiskRow disk, string badCategory)
    {
        var category = asked.Text("Category") ?? disk.Category;
        if (!DiskCategory.All.Contains(category)) throw Error.Of(badCategory, category);
        var level = asked.Text("PerformanceLevel") ?? "PL1";
        if (!DiskCategory.IsLevel(level)) throw Error.Of("InvalidPerformanceLevel.Malformed", level);
        return disk with
        {
            Category = category,
            PerformanceLevel = category == "cloud_essd" ? level : "",
            Name = NameRule.Name(asked, "DiskName", "InvalidDiskName.Malformed") ?? "",
            Description = NameRule.Description(asked, "Description", "InvalidDiskDescription.Malformed"),
            Encrypted = string.Equals(asked.Text("Encrypted"), "true", StringComparison.OrdinalIgnoreCase),
            KmsKey = asked.Text("KMSKeyId") ?? "",
        };
    }

    private static string DefaultCategory(InstanceType type) => type.Nvme == "required" ? "cloud_essd" : "cloud_efficiency";

    private static DiskRow New(Call call, string zone, string type, string category) => new()
    {
        Id = "",
        Account = call.Account,
        RegionId = call.RegionId,
        ZoneId = zone,
        Type = type,
        Category = category,
        PerformanceLevel = category == "cloud_essd" ? "PL1" : "",
        SizeGiB = 0,
        ResourceGroup = call.Text("ResourceGroupId") ?? "",
        CreatedAt = call.Now,
    };

    private static string FreeDevice(List<DiskRow> disks, DiskRow disk)
    {
        // Those without a device get the free letters in their order.
        var nth = disks.Where(static d => d.Device.Length == 0).TakeWhile(d => !ReferenceEquals(d, disk)).Count();
        return Enumerable.Range('b', 25).Select(static c => "/dev/xvd" + (char)c).Where(d => disks.All(o => o.Device != d)).ElementAt(nth);
    }
}
