using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A snapshot as DescribeSnapshots shows it.</summary>
internal static class SnapshotJson
{
    public static JsonObject Of(Session store, SnapshotRow snapshot)
    {
        var left = snapshot.ReadyAt - store.Now;
        var isDone = snapshot.Status != SnapshotRow.Progressing;
        var whole = snapshot.ReadyAt - snapshot.StartedAt;
        var progress = snapshot.Status == SnapshotRow.Failed ? 0 : isDone ? 100 : (int)Math.Min(99, 100 * (whole - left) / whole);
        var json = new JsonObject
        {
            ["SnapshotId"] = snapshot.Id,
            ["SnapshotName"] = snapshot.Name,
            ["Description"] = snapshot.Description,
            ["RegionId"] = snapshot.RegionId,
            ["Status"] = snapshot.Status,
            ["Progress"] = progress.ToString(CultureInfo.InvariantCulture) + "%",
            ["RemainTime"] = isDone ? 0 : (int)Math.Ceiling(left.TotalSeconds),
            ["Available"] = snapshot.Status == SnapshotRow.Accomplished,
            ["CreationTime"] = Times.Second(snapshot.CreatedAt),
            ["LastModifiedTime"] = Times.Second(left > TimeSpan.Zero ? snapshot.CreatedAt : snapshot.ReadyAt),
            ["SourceDiskId"] = snapshot.SourceDisk,
            ["SourceDiskSize"] = snapshot.SizeGiB.ToString(CultureInfo.InvariantCulture),
            ["SourceDiskType"] = snapshot.SourceDiskType,
            ["SourceStorageType"] = "disk",
            ["SnapshotType"] = "user",
            ["Category"] = "standard",
            ["InstantAccess"] = false,
            ["Encrypted"] = snapshot.Encrypted,
            ["KMSKeyId"] = snapshot.KmsKey,
            ["ProductCode"] = "",
            ["ResourceGroupId"] = snapshot.ResourceGroup,
            ["Usage"] = snapshot.Usage,
            ["Tags"] = TagRows.Json(store, snapshot.Id),
        };
        if (snapshot.RetentionDays is { } days) json["RetentionDays"] = days;
        return json;
    }
}
