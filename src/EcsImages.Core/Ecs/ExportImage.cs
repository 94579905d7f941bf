using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record ExportImageRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }

    public required string OSSBucket { get; init; }

    public string? OSSPrefix { get; init; }

    public string? ImageFormat { get; init; }

    public string? RoleName { get; init; }

    public bool? DryRun { get; init; }
}

internal sealed record ExportImageReply : AcsReply
{
    public string? TaskId { get; init; }

    public string? RegionId { get; init; }
}
