using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A part of a VPC in one zone, which overlaps no other.</summary>
internal sealed class CreateVSwitch : IOperation
{
    private const int MostInVpc = 150;

    public string Name => "CreateVSwitch";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var name = NameRule.Name(call, "VSwitchName", "InvalidVSwitchName.Malformed") ?? "";
        var description = NameRule.Description(call, "Description", "InvalidVSwitchDiscription.Malformed");
        var vpc = NamedVpc.NeedReady(call, store, call.Needed("VpcId"));
        var zone = call.Needed("ZoneId");
        if (!Regions.Get(vpc.RegionId).Zones.Contains(zone)) throw Error.Of("InvalidZoneId.NotFound", zone);
        var cidr = call.Needed("CidrBlock");
        CheckBlock(store, vpc, cidr);
        var id = Ids.VSwitch(vpc.RegionId);
        store.Execute(
            """
            INSERT INTO vswitch (id, account, region, vpc, zone, name, description, cidr, created_at, ready_at)
            VALUES ($id, $account, $region, $vpc, $zone, $name, $description, $cidr, $now, $now + $pending)
            """,
            ("id", id), ("account", call.Account), ("region", vpc.RegionId), ("vpc", vpc.Id), ("zone", zone), ("name", name),
            ("description", description), ("cidr", cidr), ("now", call.Now.Milliseconds()), ("pending", store.Duration(NamedVpc.SecondsPending)));
        return new(new JsonObject { ["VSwitchId"] = id });
    }

    private static void CheckBlock(Session store, NamedVpc vpc, string cidr)
    {
        if (!Cidr.TryParse(cidr, out var block)) throw Error.Of("InvalidCidrBlock.Malformed", cidr);
        if (block.Mask is < 16 or > 29) throw Error.Of("InvalidCirdrBlock.MaskLength", cidr, "16 to 29");
        if (!Cidr.TryParse(vpc.Cidr, out var whole) || !whole.Contains(block)) throw Error.Of("InvalidCidrBlock.Malformed", cidr, $"not within {vpc.Cidr} of {vpc.Id}");
        var others = store.List("SELECT cidr FROM vswitch WHERE vpc = $vpc", static r => r.GetString(0), ("vpc", vpc.Id));
        if (others.FirstOrDefault(o => Cidr.TryParse(o, out var other) && other.Overlaps(block)) is { } overlapped)
            throw Error.Of("InvalidCidrBlock.Overlapped", cidr, overlapped);
        if (others.Count >= MostInVpc) throw Error.Of("QuotaExceeded.VSwitch", vpc.Id, MostInVpc);
    }
}
