using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeLaunchTemplateVersionsRequest
{
    public required string RegionId { get; init; }

    public string? LaunchTemplateId { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }
}

internal sealed record DescribeLaunchTemplateVersionsReply : AcsReply
{
    public LaunchTemplateVersionSetsReply? LaunchTemplateVersionSets { get; init; }

    public int? TotalCount { get; init; }
}

internal sealed record LaunchTemplateVersionSetsReply
{
    public IReadOnlyList<LaunchTemplateVersionReply> LaunchTemplateVersionSet { get => field ?? []; init; } = [];
}

internal sealed record LaunchTemplateVersionReply
{
    public long? VersionNumber { get; init; }

    public bool? DefaultVersion { get; init; }

    public LaunchTemplateDataReply? LaunchTemplateData { get; init; }
}

internal sealed record LaunchTemplateDataReply
{
    public string? ImageId { get; init; }
}
