using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DescribeImageSharePermissionRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }
}

internal sealed record DescribeImageSharePermissionReply : AcsReply
{
    public string? ImageId { get; init; }

    public string? RegionId { get; init; }

    public ShareAccountsReply? Accounts { get; init; }

    public int? PageNumber { get; init; }

    public int? PageSize { get; init; }

    public int? TotalCount { get; init; }
}

internal sealed record ShareAccountsReply
{
    public IReadOnlyList<ShareAccountReply> Account { get => field ?? []; init; } = [];
}

internal sealed record ShareAccountReply
{
    [JsonConverter(typeof(LenientText))]
    public string? AliyunId { get; init; }

    public string? SharedTime { get; init; }
}
