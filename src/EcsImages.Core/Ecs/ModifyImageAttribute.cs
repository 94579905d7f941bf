namespace EcsImages.Core.Ecs;

internal sealed record ModifyImageAttributeRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }

    public string? ImageName { get; init; }

    public string? Description { get; init; }

    public string? ImageFamily { get; init; }

    public string? BootMode { get; init; }

    public FeaturesRequest? Features { get; init; }

    public string? Status { get; init; }

    public string? LicenseType { get; init; }

    public bool? DryRun { get; init; }
}
