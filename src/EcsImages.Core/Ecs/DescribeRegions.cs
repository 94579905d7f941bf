using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeRegionsRequest
{
    public string? AcceptLanguage { get; init; }
}

internal sealed record DescribeRegionsReply : AcsReply
{
    public RegionsReply? Regions { get; init; }
}

internal sealed record RegionsReply
{
    public IReadOnlyList<RegionReply> Region { get => field ?? []; init; } = [];
}

internal sealed record RegionReply
{
    public string? RegionId { get; init; }

    public string? LocalName { get; init; }

    public string? RegionEndpoint { get; init; }

    public string? Status { get; init; }
}
