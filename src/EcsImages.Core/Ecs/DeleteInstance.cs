namespace EcsImages.Core.Ecs;

internal sealed record DeleteInstanceRequest
{
    public required string InstanceId { get; init; }

    public bool? Force { get; init; }

    public bool? DryRun { get; init; }
}
