using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeSnapshots : IOperation
{
    public string Name => "DescribeSnapshots";

    public IReadOnlyList<string> JudgedHere { get; } = ["Tag"];

    public IReadOnlyList<string> RefusedHere { get; } = ["SnapshotLinkId"];

    public Reply Run(Call call, Session store)
    {
        var status = Choice.Of(call, "Status", "InvalidStatus.NotFound", "progressing", "accomplished", "failed", "all");
        var type = Choice.Of(call, "SnapshotType", "InvalidSnapshotType.NotFound", "auto", "user", "all");
        var category = call.Text("Category")?.ToUpperInvariant();
        if (category is not (null or "STANDARD" or "FLASH" or "ARCHIVE")) throw Error.Of("InvalidSnapshotCategory.Malformed", category);
        if (call.Text("SnapshotLinkId") is { } link) throw Error.Of("InvalidSnapshotLinkId.NotFound", link);
        var list = new RowList(call, store, SnapshotRow.View)
            .In("id", IdList.Of(call, "SnapshotIds", "InvalidSnapshotIds.Malformed"))
            .Where("source_disk = $disk", "disk", call.Text("DiskId"))
            .Where("source_disk IN (SELECT d.id FROM disk d WHERE d.instance = $instance)", "instance", call.Text("InstanceId"))
            .Where("name = $name", "name", call.Text("SnapshotName"))
            .Where("source_disk_type = $type", "type", Choice.Of(call, "SourceDiskType", "InvalidSourceDiskType", "system", "data"))
            .Where("usage = $usage", "usage", Choice.Of(call, "Usage", "InvalidUsage", "image", "disk", "image_disk", "none"))
            .Where("status = $status", "status", status == "all" ? null : status)
            // Its default is false, and false means all, as at the service.
            .Where("encrypted = $encrypted", "encrypted", call.Bool("Encrypted") is true ? true : null)
            .Where("kms_key = $kms", "kms", call.Text("KMSKeyId"))
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            // All are made by users, and are of the one category.
            .NoneIf(type == "auto" || category is "FLASH" or "ARCHIVE")
            .Tagged();
        foreach (var filter in call.Structs("Filter")) Created.Apply(list, filter);
        return list.Page("Snapshots", "Snapshot", r => SnapshotJson.Of(store, SnapshotRow.Read(r)));
    }
}
