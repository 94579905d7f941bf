namespace EcsImages.Core.Machines;

/// <summary>An instance type. Source: DescribeInstanceTypes.</summary>
public sealed record EcsInstanceType
{
    /// <summary>The id, such as ecs.g7.large.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The family, such as ecs.g7.</summary>
    public string? InstanceTypeFamily { get; init; }

    /// <summary>Number of vCPUs.</summary>
    public int? CpuCoreCount { get; init; }

    /// <summary>Memory in GiB.</summary>
    public double? MemoryGiB { get; init; }

    /// <summary>X86 or ARM.</summary>
    public string? CpuArchitecture { get; init; }

    /// <summary>BIOS, UEFI or both.</summary>
    public IReadOnlyList<string> SupportedBootModes { get; init => field = value.ToArray(); } = [];

    /// <summary>required: its disks attach as NVMe, so that an image must support it; or unsupported.</summary>
    public string? NvmeSupport { get; init; }

    /// <summary>Number of GPUs.</summary>
    public int? GpuCount { get; init; }

    /// <summary>The kind of GPU.</summary>
    public string? GpuSpec { get; init; }

    /// <summary>The kind of local disks.</summary>
    public string? LocalStorageCategory { get; init; }

    /// <summary>EntryLevel, EnterpriseLevel or CreditEntryLevel.</summary>
    public string? FamilyLevel { get; init; }

    /// <summary>The region that it lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => InstanceType;
}
