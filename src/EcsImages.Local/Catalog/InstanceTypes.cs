namespace EcsImages.Local.Catalog;

/// <summary>What an instance type is, as far as images and launching are concerned. Memory in GiB.</summary>
internal sealed record InstanceType(
    string Id, string Family, int Cpus, double MemoryGiB, string CpuArchitecture, IReadOnlyList<string> BootModes,
    string Nvme, int Gpus, string GpuSpec, string LocalStorageCategory, string Level);

/// <summary>The instance types, in the order of the data file.</summary>
internal static class InstanceTypes
{
    private static readonly Lazy<InstanceType[]> Types = new(static () => CatalogFile.Read("instance-types.json", "instanceTypes", static t => new InstanceType(
        t.Text("InstanceTypeId"), t.Text("InstanceTypeFamily"), t.GetProperty("CpuCoreCount").GetInt32(), t.GetProperty("MemorySize").GetDouble(),
        t.Text("CpuArchitecture"), t.Texts("SupportedBootModes"), t.Text("NvmeSupport"), Gpus(t.GetProperty("GPUAmount").GetDouble()), t.Text("GPUSpec"),
        t.Text("LocalStorageCategory"), t.Text("InstanceFamilyLevel"))));

    private static readonly Lazy<Dictionary<string, InstanceType>> ById = new(static () => Types.Value.ToDictionary(static t => t.Id, StringComparer.Ordinal));

    // A share of a GPU counts as one: the API's field is whole.
    private static int Gpus(double amount) => (int)Math.Ceiling(amount);

    public static IReadOnlyList<InstanceType> All => Types.Value;

    public static InstanceType? Find(string id) => ById.Value.GetValueOrDefault(id);
}
