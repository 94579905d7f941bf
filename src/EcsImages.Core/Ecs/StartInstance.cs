namespace EcsImages.Core.Ecs;

internal sealed record StartInstanceRequest
{
    public required string InstanceId { get; init; }

    public bool? DryRun { get; init; }
}
