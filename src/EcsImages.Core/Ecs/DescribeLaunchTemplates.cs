using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeLaunchTemplatesRequest
{
    public required string RegionId { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }
}

internal sealed record DescribeLaunchTemplatesReply : AcsReply
{
    public LaunchTemplateSetsReply? LaunchTemplateSets { get; init; }

    public int? TotalCount { get; init; }
}

internal sealed record LaunchTemplateSetsReply
{
    public IReadOnlyList<LaunchTemplateReply> LaunchTemplateSet { get => field ?? []; init; } = [];
}

internal sealed record LaunchTemplateReply
{
    public string? LaunchTemplateId { get; init; }

    public string? LaunchTemplateName { get; init; }

    public long? DefaultVersionNumber { get; init; }

    public long? LatestVersionNumber { get; init; }
}
