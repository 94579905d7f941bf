using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeEipAddresses : IOperation
{
    private static readonly string[] States = [EipRow.Associating, EipRow.Unassociating, EipRow.InUse, EipRow.Available, "Releasing"];

    public string Name => "DescribeEipAddresses";

    public Reply Run(Call call, Session store)
    {
        var charge = Choice.Of(call, "ChargeType", "InvalidChargeType.ValueNotSupported", "PostPaid", "PrePaid");
        var locked = Choice.Of(call, "LockReason", "InvalidLockReason.NotFound", "financial", "security");
        var type = Choice.Of(call, "AssociatedInstanceType", "InvalidIAssociatedInstanceType.ValueNotSupported", "EcsInstance", "SlbInstance", "Nat", "HaVip", "NetworkInterface");
        var status = call.Text("Status");
        if (status is not null && !States.Contains(status)) throw Error.Invalid("Status", $"{status} is not one of {string.Join(", ", States)}.");
        var list = new RowList(call, store, EipRow.View)
            .In("id", Several(call, "AllocationId"))
            .In("address", Several(call, "EipAddress"))
            .Where("instance = $instance", "instance", call.Text("AssociatedInstanceId"))
            .Where("instance IS NOT NULL", "type", type)
            .Where("status = $status", "status", status)
            .NoneIf(charge == "PrePaid" || locked is not null || type is not (null or "EcsInstance") || call.Text("ISP") is not (null or "BGP"));
        foreach (var filter in call.Structs("Filter")) Created.Apply(list, filter);
        return list.Page("EipAddresses", "EipAddress", static r => Json(EipRow.Read(r)));
    }

    // Up to 50 of them, separated by commas.
    private static string[]? Several(Call call, string name) =>
        call.Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not { } several ? null
        : several.Length <= 50 ? several : throw Error.Invalid(name, $"it has {several.Length} items; at most 50 are allowed.");

    private static JsonObject Json(EipRow eip)
    {
        var bandwidth = eip.Bandwidth.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            ["AllocationId"] = eip.Id,
            ["IpAddress"] = eip.Address,
            ["RegionId"] = eip.RegionId,
            ["Status"] = eip.Status,
            ["InstanceId"] = eip.InstanceId ?? "",
            ["InstanceType"] = eip.InstanceId is null ? "" : "EcsInstance",
            ["Bandwidth"] = bandwidth,
            ["EipBandwidth"] = bandwidth,
            ["InternetChargeType"] = eip.ChargeType,
            ["ChargeType"] = "PostPaid",
            ["AllocationTime"] = Times.Second(eip.CreatedAt),
            ["ExpiredTime"] = "",
            ["OperationLocks"] = Reply.Wrap("LockReason", []),
        };
    }
}
