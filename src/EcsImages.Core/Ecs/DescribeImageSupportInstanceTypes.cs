using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImageSupportInstanceTypesRequest
{
    public required string RegionId { get; init; }

    public string? ImageId { get; init; }

    public string? ActionType { get; init; }
}

internal sealed record DescribeImageSupportInstanceTypesReply : AcsReply
{
    public string? ImageId { get; init; }

    public string? RegionId { get; init; }

    public SupportedInstanceTypesReply? InstanceTypes { get; init; }
}

internal sealed record SupportedInstanceTypesReply
{
    public IReadOnlyList<SupportedInstanceTypeReply> InstanceType { get => field ?? []; init; } = [];
}

/// <summary>An instance type as DescribeImageSupportInstanceTypes answers it: fewer fields than DescribeInstanceTypes.</summary>
internal sealed record SupportedInstanceTypeReply
{
    public string? InstanceTypeId { get; init; }

    public string? InstanceTypeFamily { get; init; }

    public int? CpuCoreCount { get; init; }

    public double? MemorySize { get; init; }
}
