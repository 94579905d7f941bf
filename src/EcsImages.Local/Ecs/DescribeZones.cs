using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeZones : IOperation
{
    private static readonly string[] DiskCategories = ["cloud", "cloud_efficiency", "cloud_ssd", "cloud_essd", "cloud_essd_entry", "cloud_auto"];

    public string Name => "DescribeZones";

    public Reply Run(Call call, Session store)
    {
        Choice.Of(call, "InstanceChargeType", "InvalidInstanceChargeType.NotFound", "PrePaid", "PostPaid");
        Choice.Of(call, "SpotStrategy", "InvalidSpotStrategy", "NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo");
        var region = Regions.Get(call.RegionId);
        var chinese = DescribeRegions.IsChinese(call);
        var verbose = call.Bool("Verbose") ?? true;
        return new(new()
        {
            ["Zones"] = Reply.Wrap("Zone", region.Zones.Select(z => Zone(region, z, chinese, verbose))),
        });
    }

    // Every zone has every type and disk category here; the real stock changes by the hour.
    private static JsonObject Zone(Region region, string zone, bool chinese, bool verbose)
    {
        var letter = char.ToUpperInvariant(zone[^1]);
        var json = new JsonObject
        {
            ["ZoneId"] = zone,
            ["ZoneType"] = "AvailabilityZone",
            ["LocalName"] = chinese ? $"{region.NameZh} 可用区 {letter}" : $"{region.NameEn} Zone {letter}",
        };
        if (!verbose) return json;
        json["AvailableDiskCategories"] = Texts("DiskCategories", DiskCategories);
        json["AvailableInstanceTypes"] = Texts("InstanceTypes", InstanceTypes.All.Select(static t => t.Id));
        json["AvailableResourceCreation"] = Texts("ResourceTypes", ["VSwitch", "IoOptimized", "Instance", "Disk"]);
        return json;
    }

    private static JsonObject Texts(string item, IEnumerable<string> values) => Reply.Wrap(item, values.Select(static v => (JsonNode)v));
}
