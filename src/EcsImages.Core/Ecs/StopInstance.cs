namespace EcsImages.Core.Ecs;

internal sealed record StopInstanceRequest
{
    public required string InstanceId { get; init; }

    public bool? ForceStop { get; init; }

    public string? StoppedMode { get; init; }

    public bool? DryRun { get; init; }
}
