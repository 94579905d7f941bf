using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Keeps what a disk holds: one row more on the same content.</summary>
internal sealed class CreateSnapshot : IOperation
{
    private const int MostPerDisk = 64;

    public string Name => "CreateSnapshot";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["SnapshotName", "Description", "RetentionDays", "Tag", "Tag.N.Key", "Tag.N.Value"];

    public Reply Run(Call call, Session store)
    {
        SnapshotRow.RemoveExpired(store);
        var id = call.Needed("DiskId");
        var disk = DiskRow.Find(store, call.Account, call.NamedRegion, id) ?? throw Error.Of("InvalidDiskId.NotFound", id);
        var name = NameRule.Name(call, "SnapshotName", "InvalidSnapshotName.Malformed") ?? "";
        if (name.StartsWith("auto", StringComparison.Ordinal)) throw Error.Of("InvalidSnapshotName.Malformed", name);
        if (call.Int("RetentionDays") is < 1 or > 65536) throw Error.Of("InvalidRetentionDays.Malformed", call.Text("RetentionDays"));
        var tags = TagWords.Read(call);
        if (disk.Status is not (DiskRow.Available or DiskRow.InUse)) throw Error.Of("IncorrectDiskStatus", id, disk.Status);
        CheckOthers(store, disk);
        if (call.Text("Category")?.ToUpperInvariant() is { } category and not ("STANDARD" or "FLASH")) throw Error.Of("InvalidSnapshotCategory.Malformed", category);
        var snapshot = new SnapshotRow
        {
            Id = Ids.Snapshot(disk.RegionId),
            Account = call.Account,
            RegionId = disk.RegionId,
            Name = name,
            Description = NameRule.Description(call, "Description", "InvalidDescription.Malformed"),
            SourceDisk = disk.Id,
            SourceDiskType = disk.Type,
            SourceImage = disk.ImageId,
            SizeGiB = disk.SizeGiB,
            CreatedAt = store.Now,
            Encrypted = disk.Encrypted,
            KmsKey = disk.KmsKey,
            RetentionDays = call.Int("RetentionDays"),
            ResourceGroup = ImageWords.ResourceGroup(call),
            ContentId = disk.ContentId,
        };
        snapshot.Insert(store, seconds: 1);
        TagRows.Put(store, call.Account, snapshot.RegionId, "snapshot", snapshot.Id, tags);
        return new(new JsonObject { ["SnapshotId"] = snapshot.Id });
    }

    private static void CheckOthers(Session store, DiskRow disk)
    {
        (string, object?)[] values = [("disk", disk.Id), ("now", store.Now.Milliseconds())];
        if (store.Scalar<long>("SELECT count(*) FROM snapshot WHERE source_disk = $disk AND ready_at > $now", values) > 0)
            throw Error.Of("IncorrectDiskStatus.CreatingSnapshot", disk.Id);
        if (store.Scalar<long>("SELECT count(*) FROM snapshot WHERE source_disk = $disk", values) >= MostPerDisk)
            throw Error.Of("QuotaExceed.Snapshot", disk.Id, MostPerDisk);
    }
}
