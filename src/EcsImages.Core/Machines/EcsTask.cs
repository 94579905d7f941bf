namespace EcsImages.Core.Machines;

/// <summary>Work at the service that takes a while, such as an import or an export. Source: DescribeTasks, DescribeTaskAttribute.</summary>
public sealed record EcsTask
{
    // What tasks are while they are not over. The documentation names Processing only; official clients wait through Waiting too.
    private static readonly string[] UnderWay = ["Waiting", "Processing"];

    // No source says what a task is called that was cancelled.
    private static readonly string[] Ended = ["Finished", "Failed", "Cancelled", "Canceled"];

    /// <summary>The id.</summary>
    public required string TaskId { get; init; }

    /// <summary>The operation that began it: ImportImage, ExportImage, and others that have nothing to do with images.</summary>
    public string? Action { get; init; }

    /// <summary>Waiting, Processing, Finished, Failed or Cancelled.</summary>
    public string? Status { get; init; }

    /// <summary>How far it is, in percent; null where the service does not say.</summary>
    public int? ProgressPercent { get; init; }

    /// <summary>What it works on: the image of an import or export.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The image that an import makes, or that an export reads; null for other tasks.</summary>
    public string? ImageId => Action is "ImportImage" or "ExportImage" ? ResourceId : null;

    /// <summary>The bucket that an import reads from, or an export writes to, where the service says so.</summary>
    public string? BucketName { get; init; }

    /// <summary>The objects that an import reads or an export writes, one for each disk, where the service says so.</summary>
    public IReadOnlyList<string> ObjectKey { get; init; } = Array.Empty<string>();

    /// <summary>Whether Stop-EcsTask can end it while it is not over.</summary>
    public bool? SupportCancel { get; init; }

    /// <summary>When it was begun, to the minute.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>When it ended, to the minute; null while it is under way.</summary>
    public DateTimeOffset? FinishedTime { get; init; }

    /// <summary>The service's code for what went wrong.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The service's words for what went wrong.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The region that it runs in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>Whether nothing more will come of it. A state that we do not know is the end of it once the service says when it ended.</summary>
    internal bool IsOver => Ended.Contains(Status) || (!UnderWay.Contains(Status) && FinishedTime is not null);

    /// <summary>The id.</summary>
    public override string ToString() => TaskId;
}
