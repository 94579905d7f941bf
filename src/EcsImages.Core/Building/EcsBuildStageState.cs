namespace EcsImages.Core.Building;

/// <summary>What has become of a stage of an execution.</summary>
public enum EcsBuildStageState
{
    /// <summary>The status of the execution does not tell.</summary>
    Unknown,

    /// <summary>Its turn has not come.</summary>
    Waiting,

    /// <summary>It is under way.</summary>
    Running,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It is done for some of the regions or accounts.</summary>
    Partial,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It did not take place, because what came before it did not end well.</summary>
    Skipped,
}
