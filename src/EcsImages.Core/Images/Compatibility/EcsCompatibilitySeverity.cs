namespace EcsImages.Core.Images.Compatibility;

/// <summary>What follows when a rule does not hold.</summary>
public enum EcsCompatibilitySeverity
{
    /// <summary>Good to know; the verdict does not depend on it.</summary>
    Informs,

    /// <summary>The instance starts, with a drawback or a doubt.</summary>
    Warns,

    /// <summary>No instance starts.</summary>
    Blocks,
}
