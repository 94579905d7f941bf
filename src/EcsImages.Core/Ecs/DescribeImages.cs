using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImagesRequest
{
    public required string RegionId { get; init; }

    public string? ImageId { get; init; }

    public string? ImageName { get; init; }

    public string? ImageFamily { get; init; }

    public string? ImageOwnerAlias { get; init; }

    public long? ImageOwnerId { get; init; }

    public bool? IsPublic { get; init; }

    public string? Status { get; init; }

    public string? OSType { get; init; }

    public string? Architecture { get; init; }

    public string? Usage { get; init; }

    public string? InstanceType { get; init; }

    public string? SnapshotId { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    public IReadOnlyList<FilterRequest>? Filter { get; init; }

    public string? ActionType { get; init; }

    public bool? ShowExpired { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }
}

internal sealed record FilterRequest
{
    public required string Key { get; init; }

    public required string Value { get; init; }
}

internal sealed record DescribeImagesReply : AcsReply
{
    public ImagesReply? Images { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }

    public int? TotalCount { get; init; }

    public string? RegionId { get; init; }
}

internal sealed record ImagesReply
{
    public IReadOnlyList<ImageReply> Image { get => field ?? []; init; } = [];
}
