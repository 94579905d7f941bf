namespace EcsImages.Core.Images;

/// <summary>What kinds of things can depend on an image.</summary>
public enum EcsImageDependencyKind
{
    /// <summary>An instance that was launched from it, or whose system disk was replaced with it.</summary>
    Instance,

    /// <summary>A launch template, some version of which names it.</summary>
    LaunchTemplate,

    /// <summary>An image pipeline that builds on it, or on the family that resolves to it.</summary>
    Pipeline,

    /// <summary>An account that it is shared with.</summary>
    Share,

    /// <summary>Everybody: it is published as a community image.</summary>
    Community,

    /// <summary>A snapshot that holds the bytes of one of its disks; or one that a deleted image left behind.</summary>
    Snapshot,

    /// <summary>Another image: a copy of it in another region.</summary>
    Image,

    /// <summary>Work on it that is under way.</summary>
    Work,
}
