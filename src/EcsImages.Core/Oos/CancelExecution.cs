namespace EcsImages.Core.Oos;

internal sealed record CancelExecutionRequest
{
    public string? RegionId { get; init; }

    public required string ExecutionId { get; init; }
}
