using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Filters on what the catalog knows; a filter on a property that it does not know (credits, queues) passes nothing above 0.</summary>
internal sealed class DescribeInstanceTypes : IOperation
{
    private static readonly string[] Unknown =
    [
        "MinimumBaselineCredit", "MinimumDiskQuantity", "MinimumEniIpv6AddressQuantity", "MinimumEniPrivateIpAddressQuantity", "MinimumEniQuantity",
        "MinimumEriQuantity", "MinimumInitialCredit", "MinimumInstanceBandwidthRx", "MinimumInstanceBandwidthTx", "MinimumInstancePpsRx",
        "MinimumInstancePpsTx", "MinimumLocalStorageAmount", "MinimumLocalStorageCapacity", "MinimumPrimaryEniQueueNumber",
        "MinimumQueuePairNumber", "MinimumSecondaryEniQueueNumber", "MinimumCpuSpeedFrequency", "MinimumCpuTurboFrequency",
    ];

    public string Name => "DescribeInstanceTypes";

    public Reply Run(Call call, Session store)
    {
        var most = call.Long("MaxResults") ?? 1600;
        if (most < 1) throw Error.Invalid("MaxResults", $"{most} is below 1.");
        // The token is the number of types already handed out: the catalog does not change while the process runs.
        var skip = 0;
        if (call.Text("NextToken") is { } token && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out skip)))
            throw Error.Invalid("NextToken", "it is not one that DescribeInstanceTypes returned.");
        var found = InstanceTypes.All.Where(Filter(call)).ToArray();
        var page = found.Skip(skip).Take((int)most).ToArray();
        return new(new()
        {
            ["InstanceTypes"] = Reply.Wrap("InstanceType", page.Select(Json)),
            ["NextToken"] = skip + page.Length < found.Length ? (skip + page.Length).ToString(CultureInfo.InvariantCulture) : "",
        });
    }

    private static Func<InstanceType, bool> Filter(Call call)
    {
        var ids = call.List("InstanceTypes");
        var families = Both(call, "InstanceTypeFamily", "InstanceTypeFamilies");
        var architectures = Both(call, "CpuArchitecture", "CpuArchitectures");
        var gpus = Both(call, "GPUSpec", "GpuSpecs");
        var storages = Both(call, "LocalStorageCategory", "LocalStorageCategories");
        var level = call.Text("InstanceFamilyLevel");
        var nvme = call.Text("NvmeSupport");
        var none = Unknown.Any(n => call.Number(n) > 0) || Both(call, "PhysicalProcessorModel", "PhysicalProcessorModels").Count > 0
            || Both(call, "InstanceCategory", "InstanceCategories").Count > 0;
        return t => !none && In(ids, t.Id) && In(families, t.Family) && In(architectures, t.CpuArchitecture) && In(gpus, t.GpuSpec)
            && In(storages, t.LocalStorageCategory) && (level is null || t.Level == level) && (nvme is null || t.Nvme == nvme)
            && !(t.Cpus < call.Int("MinimumCpuCoreCount")) && !(t.Cpus > call.Int("MaximumCpuCoreCount"))
            && !(t.MemoryGiB < call.Number("MinimumMemorySize")) && !(t.MemoryGiB > call.Number("MaximumMemorySize"))
            && !(t.Gpus < call.Int("MinimumGPUAmount")) && !(t.Gpus > call.Int("MaximumGPUAmount"));
    }

    private static bool In(IReadOnlyList<string> wanted, string value) => wanted.Count == 0 || wanted.Contains(value);

    private static List<string> Both(Call call, string one, string many) =>
        [.. call.Text(one) is { } single ? [single] : Array.Empty<string>(), .. call.List(many)];

    private static JsonObject Json(InstanceType type)
    {
        var json = new JsonObject
        {
            ["InstanceTypeId"] = type.Id,
            ["InstanceTypeFamily"] = type.Family,
            ["InstanceFamilyLevel"] = type.Level,
            ["CpuCoreCount"] = type.Cpus,
            ["MemorySize"] = type.MemoryGiB,
            ["CpuArchitecture"] = type.CpuArchitecture,
            ["NvmeSupport"] = type.Nvme,
            ["SupportedBootModes"] = Reply.Wrap("SupportedBootMode", type.BootModes.Select(static m => (JsonNode)m)),
            ["GPUAmount"] = type.Gpus,
            ["GPUSpec"] = type.GpuSpec,
        };
        if (type.LocalStorageCategory.Length > 0) json["LocalStorageCategory"] = type.LocalStorageCategory;
        return json;
    }
}
