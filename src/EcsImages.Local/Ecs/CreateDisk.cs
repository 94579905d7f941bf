using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A data disk that is on no instance yet: of zeros, or of what a snapshot holds.</summary>
internal sealed class CreateDisk : IOperation
{
    // Kinds of storage that the endpoint has none of.
    private static readonly (string Parameter, string Code)[] Absent =
        [("StorageSetId", "InvalidStorageSetId.NotFound"), ("StorageClusterId", "InvalidStorageClusterId.NotExist")];

    public string Name => "CreateDisk";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["DiskName", "Description", "Size", .. TagWords.Judged];

    public IReadOnlyList<string> RefusedHere { get; } = ["InstanceId", .. Absent.Select(static a => a.Parameter)];

    public Reply Run(Call call, Session store)
    {
        foreach (var (parameter, code) in Absent)
            if (call.Text(parameter) is { } id) throw Error.Of(code, id);
        var disk = New(call, Place(call, store));
        if (call.Text("SnapshotId") is { } snapshot) disk = From(call, store, disk, snapshot);
        else if (call.Text("Size") is null) throw Error.Missing("Size");
        var (least, most) = DiskCategory.DataSizes(disk.Category, disk.PerformanceLevel);
        if (disk.SizeGiB < least || disk.SizeGiB > most)
            throw Error.Of("InvalidDataDiskSize.ValueNotSupported", "Size", $"{disk.SizeGiB} is not from {least} to {most} for {disk.Category}");
        var tags = TagWords.Read(call);
        disk.Insert(store, Disks.SecondsPassing);
        TagRows.Put(store, call.Account, call.RegionId, "disk", disk.Id, tags);
        return new(new JsonObject { ["DiskId"] = disk.Id });
    }

    private static string Place(Call call, Session store)
    {
        if (call.Text("InstanceId") is { } id)
        {
            if (call.Text("ZoneId") is not null) throw Error.Of("InvalidParam.ZoneIdAndInstanceId.Conflict");
            var instance = InstanceRow.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidInstanceId.NotFound", id);
            // Such a disk would be paid for with the instance, as a subscription.
            throw Error.Of("InvalidInstanceChargeType.ValueNotSupported", id, instance.ChargeType);
        }
        var zone = call.Text("ZoneId") ?? throw Error.Missing("ZoneId");
        return Regions.Get(call.RegionId).Zones.Contains(zone) ? zone : throw Error.Of("InvalidZoneId.NotFound", zone);
    }

    private static DiskRow New(Call call, string zone)
    {
        var category = call.Text("DiskCategory") ?? "cloud";
        if (!DiskCategory.All.Contains(category)) throw Error.Of("InvalidDiskCategory.NotSupported", category);
        var level = call.Text("PerformanceLevel") ?? "PL1";
        if (!DiskCategory.IsLevel(level)) throw Error.Of("InvalidPerformanceLevel.Malformed", level);
        if (call.Text("MultiAttach") is not (null or "Disabled")) throw Error.Of("InvalidParameter.MultiAttach", call.Text("MultiAttach"));
        if (call.Text("KMSKeyId") is { } key && call.Bool("Encrypted") is not true) throw Error.Of("InvalidEncrypted.NotMatchKmsKeyId", key);
        return new()
        {
            Id = Ids.Disk(call.RegionId),
            Account = call.Account,
            RegionId = call.RegionId,
            ZoneId = zone,
            Type = "data",
            Category = category,
            PerformanceLevel = category == "cloud_essd" ? level : "",
            SizeGiB = call.Int("Size") ?? 0,
            Name = NameRule.Name(call, "DiskName", "InvalidDiskName.Malformed") ?? "",
            Description = NameRule.Description(call, "Description", "InvalidDescription.Malformed"),
            Encrypted = call.Bool("Encrypted") is true,
            KmsKey = call.Text("KMSKeyId") ?? "",
            DeleteWithInstance = false,
            ResourceGroup = call.Text("ResourceGroupId") ?? "",
            CreatedAt = call.Now,
        };
    }

    private static DiskRow From(Call call, Session store, DiskRow disk, string id)
    {
        var snapshot = SnapshotRow.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidSnapshotId.NotFound", id);
        if (snapshot.SourceDiskType != "data") throw Error.Of("InvalidSnapshotId.NotDataDiskSnapshot", id);
        if (snapshot.Status != SnapshotRow.Accomplished) throw Error.Of("InvalidSnapshotId.NotReady", id, snapshot.Status);
        if (call.Text("Size") is null) disk = disk with { SizeGiB = snapshot.SizeGiB };
        return disk.SizeGiB < snapshot.SizeGiB ? throw Error.Of("InvalidDiskSize.TooSmall", disk.SizeGiB, snapshot.SizeGiB)
            : disk with { SourceSnapshot = id, ContentId = snapshot.ContentId, Encrypted = disk.Encrypted || snapshot.Encrypted };
    }
}
