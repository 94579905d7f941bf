namespace EcsImages.Core.Images;

/// <summary>A task of an update that was begun, or passed over. Source: ListTaskExecutions.</summary>
public sealed record EcsImageUpdateTask
{
    /// <summary>The name in the template, such as runCommand.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, such as ACS::ECS::RunCommand.</summary>
    public string? Action { get; init; }

    /// <summary>Running, Success, Failed, Cancelled, Skipped, or another word of the service.</summary>
    public string? Status { get; init; }

    /// <summary>The service's words, where something went wrong.</summary>
    public string? Message { get; init; }

    /// <summary>When it was begun.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it ended; null while it is running.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The id of the task, by which its lines of the log are found.</summary>
    public string? TaskExecutionId { get; init; }

    /// <summary>What came of it, as text in JSON.</summary>
    internal string? Outputs { get; init; }

    /// <summary>Name and state on one line.</summary>
    public override string ToString() => $"{Name}: {Status}";
}
