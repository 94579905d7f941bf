namespace EcsImages.Core.Ecs;

internal sealed record FeaturesReply
{
    public string? NvmeSupport { get; init; }

    public string? ImdsSupport { get; init; }
}
