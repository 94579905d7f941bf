using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeInstancesRequest
{
    public required string RegionId { get; init; }

    public string? InstanceIds { get; init; }

    public string? InstanceName { get; init; }

    public string? ImageId { get; init; }

    public string? InstanceType { get; init; }

    public string? Status { get; init; }

    public string? VpcId { get; init; }

    public string? VSwitchId { get; init; }

    public string? ZoneId { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeInstancesReply : AcsReply
{
    public InstancesReply? Instances { get; init; }

    public string? NextToken { get; init; }

    public int? TotalCount { get; init; }
}

internal sealed record InstancesReply
{
    public IReadOnlyList<InstanceReply> Instance { get => field ?? []; init; } = [];
}

internal sealed record InstanceReply
{
    public string? InstanceId { get; init; }

    public string? InstanceName { get; init; }

    public string? Description { get; init; }

    public string? Status { get; init; }

    public string? RegionId { get; init; }

    public string? ZoneId { get; init; }

    public string? ImageId { get; init; }

    public string? InstanceType { get; init; }

    public string? InstanceTypeFamily { get; init; }

    public int? Cpu { get; init; }

    public int? Memory { get; init; }

    public string? OSName { get; init; }

    public string? OSNameEn { get; init; }

    public string? OSType { get; init; }

    public string? CreationTime { get; init; }

    public string? StartTime { get; init; }

    public string? InstanceChargeType { get; init; }

    public string? KeyPairName { get; init; }

    public string? StoppedMode { get; init; }

    public VpcAttributesReply? VpcAttributes { get; init; }

    public IpAddressesReply? PublicIpAddress { get; init; }

    public SecurityGroupIdsReply? SecurityGroupIds { get; init; }

    public TagsReply? Tags { get; init; }
}

internal sealed record VpcAttributesReply
{
    public string? VpcId { get; init; }

    public string? VSwitchId { get; init; }

    public IpAddressesReply? PrivateIpAddress { get; init; }
}

internal sealed record IpAddressesReply
{
    public IReadOnlyList<string> IpAddress { get => field ?? []; init; } = [];
}

internal sealed record SecurityGroupIdsReply
{
    public IReadOnlyList<string> SecurityGroupId { get => field ?? []; init; } = [];
}
