using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeDisks : IOperation
{
    public string Name => "DescribeDisks";

    public IReadOnlyList<string> JudgedHere { get; } = ["Tag", "DiskName"];

    public Reply Run(Call call, Session store)
    {
        var status = Choice.Of(call, "Status", "InvalidStatus.ValueNotSupported", "In_use", "Available", "Attaching", "Detaching", "Creating", "ReIniting", "All");
        var type = Choice.Of(call, "DiskType", "InvalidDiskType.ValueNotSupported", "all", "system", "data");
        var category = Choice.Of(call, "Category", "InvalidCategory.ValueNotSupported", [.. DiskCategory.All, "all", "ephemeral_ssd", "local_hdd_pro", "local_ssd_pro", "ephemeral"]);
        var charge = Choice.Of(call, "DiskChargeType", "InvalidDiskChargeType.NotFound", "PrePaid", "PostPaid");
        var locked = Choice.Of(call, "LockReason", "InvalidLockReason.NotFound", "financial", "security");
        if (call.Text("ZoneId") is { } zone && !Regions.Get(call.RegionId).Zones.Contains(zone)) throw Error.Of("InvalidZoneId.NotFound", zone);
        var list = new RowList(call, store, DiskRow.View)
            .In("id", IdList.Of(call, "DiskIds", "InvalidDiskIds.Malformed"))
            .Where("instance = $instance", "instance", call.Text("InstanceId"))
            .Where("name GLOB $name", "name", Pattern.Of(call.Text("DiskName")))
            .Where("zone = $zone", "zone", call.Text("ZoneId"))
            .Where("status = $status", "status", status == "All" ? null : status)
            .Where("type = $type", "type", type == "all" ? null : type)
            .Where("category = $category", "category", category == "all" ? null : category)
            .Where("source_snapshot = $snapshot", "snapshot", call.Text("SnapshotId"))
            .Where("delete_with_instance = $delete", "delete", call.Bool("DeleteWithInstance") is true ? true : null)
            .Where("encrypted = $encrypted", "encrypted", call.Bool("Encrypted") is true ? true : null)
            .Where("kms_key = $kms", "kms", call.Text("KMSKeyId"))
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            .Where("(type = 'data') = $portable", "portable", call.Bool("Portable"))
            // All are pay-as-you-go, unlocked, on one instance each, and without a snapshot policy.
            .NoneIf(charge == "PrePaid" || locked is not null || call.Text("MultiAttach") is "Enabled" or "LegacyShared"
                || call.Bool("EnableShared") is true || call.Text("AutoSnapshotPolicyId") is not null
                || call.Bool("EnableAutomatedSnapshotPolicy") is true || call.Bool("DeleteAutoSnapshot") is true)
            .Tagged();
        foreach (var filter in call.Structs("Filter")) Created.Apply(list, filter);
        return list.Page("Disks", "Disk", r => Json(store, DiskRow.Read(r)));
    }

    private static JsonObject Json(Session store, DiskRow disk)
    {
        var attached = disk.InstanceId is not null ? Times.Second(disk.AttachedAt ?? disk.CreatedAt) : "";
        return new()
        {
            ["DiskId"] = disk.Id,
            ["DiskName"] = disk.Name,
            ["Description"] = disk.Description,
            ["RegionId"] = disk.RegionId,
            ["ZoneId"] = disk.ZoneId,
            ["Status"] = disk.Status,
            ["Type"] = disk.Type,
            ["Category"] = disk.Category,
            ["PerformanceLevel"] = disk.PerformanceLevel,
            ["Size"] = disk.SizeGiB,
            ["InstanceId"] = disk.InstanceId ?? "",
            ["Device"] = disk.Device,
            ["ImageId"] = disk.ImageId,
            ["SourceSnapshotId"] = disk.SourceSnapshot,
            ["DeleteWithInstance"] = disk.DeleteWithInstance,
            ["DeleteAutoSnapshot"] = false,
            ["EnableAutoSnapshot"] = false,
            ["EnableAutomatedSnapshotPolicy"] = false,
            ["AutoSnapshotPolicyId"] = "",
            ["Portable"] = disk.Type == "data",
            ["Encrypted"] = disk.Encrypted,
            ["KMSKeyId"] = disk.KmsKey,
            ["DiskChargeType"] = "PostPaid",
            ["MultiAttach"] = "Disabled",
            ["ProductCode"] = "",
            ["ResourceGroupId"] = disk.ResourceGroup,
            ["SerialNumber"] = disk.Id[2..],
            ["CreationTime"] = Times.Second(disk.CreatedAt),
            ["AttachedTime"] = attached,
            ["DetachedTime"] = disk.DetachedAt is { } detached ? Times.Second(detached) : "",
            ["Attachments"] = Reply.Wrap("Attachment", disk.InstanceId is null ? [] :
                [new JsonObject { ["InstanceId"] = disk.InstanceId, ["Device"] = disk.Device, ["AttachedTime"] = attached }]),
            ["OperationLocks"] = Reply.Wrap("OperationLock", []),
            ["Tags"] = TagRows.Json(store, disk.Id),
        };
    }
}
