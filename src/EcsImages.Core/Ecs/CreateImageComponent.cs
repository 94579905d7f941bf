using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record CreateImageComponentRequest
{
    public required string RegionId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>At most 16 KB. The contract does not call it required, and the service refuses a component without it.</summary>
    public string? Content { get; init; }

    /// <summary>Build or Test.</summary>
    public string? ComponentType { get; init; }

    /// <summary>Such as 1.0.0; without it, the next major version of the name.</summary>
    public string? ComponentVersion { get; init; }

    /// <summary>Linux or Windows.</summary>
    public string? SystemType { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public string? ResourceGroupId { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record CreateImageComponentReply : AcsReply
{
    public string? ImageComponentId { get; init; }
}
