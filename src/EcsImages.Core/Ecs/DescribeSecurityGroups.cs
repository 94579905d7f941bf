using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeSecurityGroupsRequest
{
    public required string RegionId { get; init; }

    public string? SecurityGroupId { get; init; }

    public string? VpcId { get; init; }

    public int? MaxResults { get; init; }
}

internal sealed record DescribeSecurityGroupsReply : AcsReply
{
    public SecurityGroupsReply? SecurityGroups { get; init; }
}

internal sealed record SecurityGroupsReply
{
    public IReadOnlyList<SecurityGroupReply?> SecurityGroup { get => field ?? []; init; } = [];
}

internal sealed record SecurityGroupReply
{
    public string? SecurityGroupId { get; init; }

    public string? SecurityGroupName { get; init; }

    public string? Description { get; init; }

    public string? VpcId { get; init; }

    public bool? ServiceManaged { get; init; }
}
