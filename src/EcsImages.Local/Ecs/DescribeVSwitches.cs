using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Makes the default network if need be, so that it shows before the first launch.</summary>
internal sealed class DescribeVSwitches : IOperation
{
    public string Name => "DescribeVSwitches";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        // RegionId is optional here, so that the region of the host was not checked.
        if (!Regions.IsOpen(call.RegionId)) throw Error.Of("InvalidRegionId.NotFound", call.RegionId);
        Networks.Ensure(store, call.Account, call.RegionId, Regions.Get(call.RegionId).Zones);
        return new RowList(call, store, "(SELECT * FROM vswitch WHERE is_classic = 0)")
            .In("id", call.Text("VSwitchId")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where("vpc = $vpc", "vpc", call.Text("VpcId"))
            .Where("zone = $zone", "zone", call.Text("ZoneId"))
            .Where("is_default = $default", "default", call.Bool("IsDefault"))
            .Page("VSwitches", "VSwitch", r => new JsonObject
            {
                ["VSwitchId"] = r.Text("id"),
                ["VSwitchName"] = r.Text("name"),
                ["Description"] = r.Text("description"),
                ["VpcId"] = r.Text("vpc"),
                ["ZoneId"] = r.Text("zone"),
                ["Status"] = r.Long("ready_at") <= store.Now.Milliseconds() ? "Available" : "Pending",
                ["CidrBlock"] = r.Text("cidr"),
                ["AvailableIpAddressCount"] = new AddressRange(r.Text("cidr")).Count - AddressRange.Taken(store, r.Text("id")).Count,
                ["IsDefault"] = r.Flag("is_default"),
                ["ResourceGroupId"] = "",
                ["CreationTime"] = Times.Second(r.Time("created_at")),
            }, mostOnPage: 50);
    }
}
