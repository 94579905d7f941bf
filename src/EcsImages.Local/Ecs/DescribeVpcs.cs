using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Makes the default network if need be, so that it shows before the first launch.</summary>
internal sealed class DescribeVpcs : IOperation
{
    public string Name => "DescribeVpcs";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        Networks.Ensure(store, call.Account, call.RegionId, Regions.Get(call.RegionId).Zones);
        return new RowList(call, store, "(SELECT * FROM vpc WHERE is_classic = 0)")
            // The service takes up to 20 of them, separated by commas.
            .In("id", call.Text("VpcId")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where("is_default = $default", "default", call.Bool("IsDefault"))
            .Page("Vpcs", "Vpc", r => new JsonObject
            {
                ["VpcId"] = r.Text("id"),
                ["VpcName"] = r.Text("name"),
                ["Description"] = r.Text("description"),
                ["RegionId"] = r.Text("region"),
                ["Status"] = r.Long("ready_at") <= store.Now.Milliseconds() ? "Available" : "Pending",
                ["CidrBlock"] = r.Text("cidr"),
                ["IsDefault"] = r.Flag("is_default"),
                ["CreationTime"] = Times.Second(r.Time("created_at")),
                ["UserCidrs"] = Reply.Wrap("UserCidr", r.Text("user_cidrs").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static u => (JsonNode)u)),
                ["VRouterId"] = NamedVpc.RouterOf(r.Text("id")),
                ["VSwitchIds"] = Reply.Wrap("VSwitchId", store.List(
                    "SELECT id FROM vswitch WHERE vpc = $vpc ORDER BY zone, id", static v => (JsonNode)v.GetString(0), ("vpc", r.Text("id")))),
            }, mostOnPage: 50);
    }
}
