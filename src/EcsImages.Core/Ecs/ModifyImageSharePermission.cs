namespace EcsImages.Core.Ecs;

internal sealed record ModifyImageSharePermissionRequest
{
    public required string RegionId { get; init; }

    public required string ImageId { get; init; }

    public IReadOnlyList<string>? AddAccount { get; init; }

    public IReadOnlyList<string>? RemoveAccount { get; init; }

    public bool? IsPublic { get; init; }

    public bool? DryRun { get; init; }
}
