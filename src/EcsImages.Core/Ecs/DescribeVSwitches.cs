using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeVSwitchesRequest
{
    public string? RegionId { get; init; }

    public string? VSwitchId { get; init; }

    public string? ZoneId { get; init; }

    public bool? IsDefault { get; init; }

    public int? PageSize { get; init; }
}

internal sealed record DescribeVSwitchesReply : AcsReply
{
    public VSwitchesReply? VSwitches { get; init; }
}

internal sealed record VSwitchesReply
{
    public IReadOnlyList<VSwitchReply?> VSwitch { get => field ?? []; init; } = [];
}

internal sealed record VSwitchReply
{
    public string? VSwitchId { get; init; }

    public string? VpcId { get; init; }

    public string? ZoneId { get; init; }

    public string? Status { get; init; }

    public long? AvailableIpAddressCount { get; init; }
}
