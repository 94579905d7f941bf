using System.Text.Json.Nodes;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>What can be had in each zone: everything that the catalog knows, in every zone, as DescribeZones says; here nothing sells out.</summary>
internal sealed class DescribeAvailableResource : IOperation
{
    public string Name => "DescribeAvailableResource";

    public IReadOnlyList<string> RefusedHere { get; } = ["DedicatedHostId"];

    public Reply Run(Call call, Session store)
    {
        var wanted = Choice.Of(call, "DestinationResource", "Invalid.DestinationResource", "Zone", "IoOptimized", "InstanceType", "Network", "ddh", "SystemDisk", "DataDisk")!;
        Choice.Of(call, "InstanceChargeType", "Invalid.InstanceChargeType", "PrePaid", "PostPaid");
        Choice.Of(call, "SpotStrategy", "Invalid.SpotStrategy", "NoSpot", "SpotWithPriceLimit", "SpotAsPriceGo");
        Choice.Of(call, "IoOptimized", "Invalid.IoOptimized", "none", "optimized");
        Choice.Of(call, "NetworkCategory", "Invalid.NetworkCategory", "vpc", "classic");
        Choice.Of(call, "ResourceType", "Invalid.ResourceType", "instance", "disk", "reservedinstance", "ddh");
        Choice.Of(call, "Scope", "InvalidParameter.Scope", "Region", "Zone");
        if (call.Text("DedicatedHostId") is { } host) throw Error.Of("InvalidDedicatedHostId.NotFound", host);
        var type = call.Text("InstanceType");
        if (type is not null && (call.Text("Cores") ?? call.Text("Memory")) is not null) throw Error.Of("InvalidParam.TypeAndCpuMem.Conflict");
        var resources = Resources(call, wanted, type).ToArray();
        var zones = Regions.Get(call.RegionId).Zones.Where(z => call.Text("ZoneId") is not { } zone || z == zone);
        // An instance of a type that is not there can be had nowhere.
        if (type is not null && InstanceTypes.Find(type) is null) zones = [];
        return new(new JsonObject
        {
            ["AvailableZones"] = Reply.Wrap("AvailableZone", zones.Select(zone => new JsonObject
            {
                ["RegionId"] = call.RegionId,
                ["ZoneId"] = zone,
                ["Status"] = "Available",
                ["StatusCategory"] = "WithStock",
                ["AvailableResources"] = Reply.Wrap("AvailableResource", resources.Length == 0 ? [] : [new JsonObject
                {
                    ["Type"] = wanted,
                    ["SupportedResources"] = Reply.Wrap("SupportedResource", resources.Select(static r => r.DeepClone())),
                }]),
            })),
        });
    }

    private static IEnumerable<JsonObject> Resources(Call call, string wanted, string? type) => wanted switch
    {
        "IoOptimized" => [Plain("optimized")],
        "Network" => [Plain("vpc"), Plain("classic")],
        "InstanceType" => InstanceTypes.All.Where(t => (type is null || t.Id == type)
            && (call.Int("Cores") is not { } cores || t.Cpus == cores) && (call.Number("Memory") is not { } memory || t.MemoryGiB == memory)).Select(static t => Plain(t.Id)),
        "SystemDisk" => Categories(call, "SystemDiskCategory", type).Select(static c => Sized(c, DiskCategory.SystemSizes(c, "PL1"))),
        "DataDisk" => Categories(call, "DataDiskCategory", type).Select(static c => Sized(c, DiskCategory.DataSizes(c, "PL1"))),
        // A zone is its own answer, and of dedicated hosts there are none.
        _ => [],
    };

    private static IEnumerable<string> Categories(Call call, string parameter, string? type) => DiskCategory.All.Where(c =>
        call.Text(parameter) is not { } only || c == only)
        .Where(c => type is null || InstanceTypes.Find(type)?.Nvme != "required" || SystemDiskSizes.SuitsNvme(c));

    private static JsonObject Plain(string value) => new() { ["Value"] = value, ["Status"] = "Available", ["StatusCategory"] = "WithStock" };

    private static JsonObject Sized(string category, (int Least, int Most) sizes)
    {
        var json = Plain(category);
        (json["Min"], json["Max"], json["Unit"]) = (sizes.Least, sizes.Most, "GiB");
        return json;
    }
}
