namespace EcsImages.Core.Ecs;

internal sealed record FeaturesRequest
{
    public string? NvmeSupport { get; init; }

    public string? ImdsSupport { get; init; }
}
