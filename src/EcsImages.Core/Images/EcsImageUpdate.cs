namespace EcsImages.Core.Images;

/// <summary>An update of an image: an execution of the public template ACS-ECS-UpdateImage of Operation Orchestration Service. Source: ListExecutions.</summary>
public sealed record EcsImageUpdate
{
    internal const string Success = "Success", Failed = "Failed", Cancelled = "Cancelled";

    /// <summary>The id of the execution.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The image that is updated; it stays as it is.</summary>
    public string? SourceImageId { get; init; }

    /// <summary>The new image; null until the update has succeeded.</summary>
    public string? ImageId { get; init; }

    /// <summary>The name of the new image; null where the service's answer does not have it.</summary>
    public string? ImageName { get; init; }

    /// <summary>The type of the instance that the update runs on.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Started, Queued, Running, Waiting, Success, Failed or Cancelled.</summary>
    public string? Status { get; init; }

    /// <summary>The task that is running; after a failure the one that failed; null otherwise.</summary>
    public string? CurrentTask { get; init; }

    /// <summary>The number of that task among those that are to be carried out, from 1; null where there is none.</summary>
    public int? TaskNumber
    {
        get
        {
            for (var i = 0; i < Expected.Count; i++) if (Expected[i] == CurrentTask) return i + 1;
            return null;
        }
    }

    /// <summary>How many tasks are to be carried out.</summary>
    public int TaskCount => Expected.Count;

    /// <summary>The service's words about the whole: what went wrong, or what did not happen.</summary>
    public string? Message { get; init; }

    /// <summary>What the command, or the installation of the package, wrote; null where it has not run, or the service does not say.</summary>
    public string? CommandOutput { get; init; }

    /// <summary>The tasks that were begun or passed over, in their order.</summary>
    public IReadOnlyList<EcsImageUpdateTask> Tasks { get; init => field = value.ToArray(); } = [];

    /// <summary>The log; empty unless it was asked for, or the update failed while it was waited for.</summary>
    public IReadOnlyList<EcsImageUpdateLogLine> Log { get; init => field = value.ToArray(); } = [];

    /// <summary>Who started it.</summary>
    public string? ExecutedBy { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>When it ended; null while it is under way.</summary>
    public DateTimeOffset? FinishedTime { get; init; }

    /// <summary>The region.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The tasks that are to be carried out when all is well.</summary>
    internal IReadOnlyList<string> Expected { get; init; } = [];

    internal bool IsOver => Status is Success or Failed or Cancelled;

    /// <summary>Where it stands, in words.</summary>
    internal string State => CurrentTask is null ? Status ?? "" : TaskNumber is { } number ? $"task {number} of {TaskCount}: {CurrentTask}" : CurrentTask;

    /// <summary>The id.</summary>
    public override string ToString() => ExecutionId;
}
