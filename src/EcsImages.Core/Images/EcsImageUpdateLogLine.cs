namespace EcsImages.Core.Images;

/// <summary>A line in the log of an update. Source: ListExecutionLogs.</summary>
public sealed record EcsImageUpdateLogLine
{
    /// <summary>When it was written.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The task that it is about; null for the execution as a whole.</summary>
    public string? Task { get; init; }

    /// <summary>The service's words.</summary>
    public required string Message { get; init; }

    /// <summary>The words.</summary>
    public override string ToString() => Message;
}
