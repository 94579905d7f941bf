using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows;

/// <summary>What images are looked for; the service narrows by it. Names with wildcards are decided by the caller.</summary>
internal sealed record ImageFilter
{
    public IReadOnlyList<EcsImageType>? ImageTypes { get; init; }

    /// <summary>A part of the name; the service's own search is fuzzy.</summary>
    public string? NamePart { get; init; }

    public string? Family { get; init; }

    /// <summary>A comma list; null takes what suits the type.</summary>
    public string? Status { get; init; }

    public string? OSType { get; init; }

    public string? Architecture { get; init; }

    public string? Usage { get; init; }

    public string? InstanceType { get; init; }

    public string? SnapshotId { get; init; }

    /// <summary>A comma list of ids.</summary>
    public string? ImageId { get; init; }

    /// <summary>The publisher of community images.</summary>
    public string? OwnerAccountId { get; init; }

    public IReadOnlyList<KeyValuePair<string, string?>> Tags { get; init; } = [];
}
