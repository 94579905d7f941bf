namespace EcsImages.Core.Images;

/// <summary>What becomes of a thing when the image that it depends on is deleted. Source: DeleteImage.</summary>
public enum EcsImageEffect
{
    /// <summary>It could not be read, so that nobody knows; the detail says why.</summary>
    Unknown,

    /// <summary>Nothing.</summary>
    Unaffected,

    /// <summary>An instance runs on, but its system disk can no longer be reinitialised.</summary>
    CannotReinitialize,

    /// <summary>Launching with it fails.</summary>
    CannotLaunch,

    /// <summary>It can no longer build.</summary>
    CannotBuild,

    /// <summary>It can no longer see or use the image.</summary>
    AccessLost,

    /// <summary>It stays, and is billed until it is deleted on its own.</summary>
    StaysBilled,

    /// <summary>It is deleted together with the image.</summary>
    Deleted,

    /// <summary>It comes to nothing.</summary>
    Ended,
}
