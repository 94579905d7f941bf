using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record RunInstancesRequest
{
    public required string RegionId { get; init; }

    public string? ImageId { get; init; }

    public string? ImageFamily { get; init; }

    public string? InstanceType { get; init; }

    public string? InstanceName { get; init; }

    public string? Description { get; init; }

    public int? Amount { get; init; }

    public SystemDiskRequest? SystemDisk { get; init; }

    public IReadOnlyList<DataDiskRequest>? DataDisk { get; init; }

    public string? VSwitchId { get; init; }

    public string? SecurityGroupId { get; init; }

    public string? ZoneId { get; init; }

    public string? KeyPairName { get; init; }

    public string? RamRoleName { get; init; }

    public string? HostName { get; init; }

    public string? UserData { get; init; }

    public int? InternetMaxBandwidthOut { get; init; }

    public string? ResourceGroupId { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ClientToken { get; init; }

    public bool? DryRun { get; init; }
}

internal sealed record SystemDiskRequest
{
    public string? Size { get; init; }

    public string? Category { get; init; }

    public string? PerformanceLevel { get; init; }

    public string? DiskName { get; init; }

    public string? Encrypted { get; init; }

    public string? KMSKeyId { get; init; }
}

internal sealed record DataDiskRequest
{
    public int? Size { get; init; }

    public string? Category { get; init; }

    public string? PerformanceLevel { get; init; }

    public string? DiskName { get; init; }

    public string? SnapshotId { get; init; }

    public string? Device { get; init; }

    public string? Encrypted { get; init; }

    public string? KMSKeyId { get; init; }

    public bool? DeleteWithInstance { get; init; }
}

internal sealed record RunInstancesReply : AcsReply
{
    public InstanceIdSetsReply? InstanceIdSets { get; init; }
}

internal sealed record InstanceIdSetsReply
{
    public IReadOnlyList<string> InstanceIdSet { get => field ?? []; init; } = [];
}
