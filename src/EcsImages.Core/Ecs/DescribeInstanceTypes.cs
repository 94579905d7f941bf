using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeInstanceTypesRequest
{
    public IReadOnlyList<string>? InstanceTypes { get; init; }

    public IReadOnlyList<string>? InstanceTypeFamilies { get; init; }

    public IReadOnlyList<string>? CpuArchitectures { get; init; }

    public string? NvmeSupport { get; init; }

    public int? MinimumCpuCoreCount { get; init; }

    public int? MaximumCpuCoreCount { get; init; }

    public double? MinimumMemorySize { get; init; }

    public double? MaximumMemorySize { get; init; }

    public long? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeInstanceTypesReply : AcsReply
{
    public InstanceTypesReply? InstanceTypes { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record InstanceTypesReply
{
    public IReadOnlyList<InstanceTypeReply> InstanceType { get => field ?? []; init; } = [];
}

internal sealed record InstanceTypeReply
{
    public string? InstanceTypeId { get; init; }

    public string? InstanceTypeFamily { get; init; }

    public int? CpuCoreCount { get; init; }

    public double? MemorySize { get; init; }

    public string? CpuArchitecture { get; init; }

    public string? NvmeSupport { get; init; }

    public int? GPUAmount { get; init; }

    public string? GPUSpec { get; init; }

    public string? LocalStorageCategory { get; init; }

    public string? InstanceFamilyLevel { get; init; }

    public SupportedBootModesReply? SupportedBootModes { get; init; }
}

internal sealed record SupportedBootModesReply
{
    public IReadOnlyList<string> SupportedBootMode { get => field ?? []; init; } = [];
}
