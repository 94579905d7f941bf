namespace EcsImages.Core.Ecs;

/// <summary>A tag in an answer; a request names the same two Key and Value.</summary>
internal sealed record TagReply
{
    public string? TagKey { get; init; }

    public string? TagValue { get; init; }
}

internal sealed record TagsReply
{
    public IReadOnlyList<TagReply> Tag { get => field ?? []; init; } = [];
}
