using System.Globalization;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>What of an instance type decides which images start on it.</summary>
internal readonly record struct TypeTraits
{
    public required string InstanceType { get; init; }

    public string? Family { get; init; }

    public int? CpuCoreCount { get; init; }

    public double? MemoryGiB { get; init; }

    public string? CpuArchitecture { get; init; }

    public IReadOnlyList<string> BootModes { get; init; }

    public string? NvmeSupport { get; init; }

    /// <summary>The memory with its unit.</summary>
    public string Memory => string.Create(CultureInfo.InvariantCulture, $"{MemoryGiB:0.###} GiB");

    public static TypeTraits Of(EcsInstanceType type) => new()
    {
        InstanceType = type.InstanceType,
        Family = type.InstanceTypeFamily,
        CpuCoreCount = type.CpuCoreCount,
        MemoryGiB = type.MemoryGiB,
        CpuArchitecture = type.CpuArchitecture,
        BootModes = type.SupportedBootModes,
        NvmeSupport = type.NvmeSupport,
    };
}
