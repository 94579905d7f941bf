using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeZones : IOperation
{
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
        json["AvailableDiskCategories"] = Texts("DiskCategories", DiskCategory.All);
        json["AvailableInstanceTypes"] = Texts("InstanceTypes", InstanceTypes.All.Select(static t => t.Id));
        json["AvailableResourceCreation"] = Texts("ResourceTypes", ["VSwitch", "IoOptimized", "Instance", "Disk"]);
        json["AvailableResources"] = Reply.Wrap("ResourcesInfo", [Resources()]);
        // There are neither dedicated hosts nor volumes of the older kind.
        json["AvailableDedicatedHostTypes"] = Texts("DedicatedHostType", []);
        json["AvailableVolumeCategories"] = Texts("VolumeCategories", []);
        json["DedicatedHostGenerations"] = Texts("DedicatedHostGeneration", []);
        return json;
    }

    private static JsonObject Resources()
    {
        var families = InstanceTypes.All.Select(static t => t.Family).Distinct().ToArray();
        return new()
        {
            ["IoOptimized"] = true,
            ["InstanceTypes"] = Texts("supportedInstanceType", InstanceTypes.All.Select(static t => t.Id)),
            ["InstanceTypeFamilies"] = Texts("supportedInstanceTypeFamily", families),
            ["InstanceGenerations"] = Texts("supportedInstanceGeneration", families.Select(DescribeInstanceTypeFamilies.GenerationOf).Distinct().Order(StringComparer.Ordinal)),
            ["SystemDiskCategories"] = Texts("supportedSystemDiskCategory", DiskCategory.All),
            ["DataDiskCategories"] = Texts("supportedDataDiskCategory", DiskCategory.All),
            ["NetworkTypes"] = Texts("supportedNetworkCategory", ["vpc", "classic"]),
        };
    }

    private static JsonObject Texts(string item, IEnumerable<string> values) => Reply.Wrap(item, values.Select(static v => (JsonNode)v));
}
