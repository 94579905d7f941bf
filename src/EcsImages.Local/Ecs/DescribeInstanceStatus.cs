using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeInstanceStatus : IOperation
{
    private const int MostIds = 100;

    public string Name => "DescribeInstanceStatus";

    public IReadOnlyList<string> JudgedHere { get; } = ["InstanceId.N"];

    public Reply Run(Call call, Session store)
    {
        var ids = call.List("InstanceId");
        if (ids.Count > MostIds) throw Error.Of("InvalidParameter.TooManyInstanceIds", ids.Count, MostIds);
        if (call.Text("ZoneId") is { } zone && !Regions.Get(call.RegionId).Zones.Contains(zone)) throw Error.Of("InvalidZoneId.NotFound", zone);
        return new RowList(call, store, InstanceRow.View)
            .In("id", ids.Count > 0 ? ids : null)
            .Where("zone = $zone", "zone", call.Text("ZoneId"))
            .NoneIf(call.Text("ClusterId") is not null)
            .Page("InstanceStatuses", "InstanceStatus", static r => new JsonObject { ["InstanceId"] = r.Text("id"), ["Status"] = r.Text("status") }, mostOnPage: 50);
    }
}
