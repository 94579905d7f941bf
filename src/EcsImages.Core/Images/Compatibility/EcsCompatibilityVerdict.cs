namespace EcsImages.Core.Images.Compatibility;

/// <summary>Whether an image starts on an instance type, or the disk in a file once it is imported.</summary>
public enum EcsCompatibilityVerdict
{
    /// <summary>Nothing is against it.</summary>
    Compatible,

    /// <summary>It starts, or nobody could say that it does not; the rules say what to look at.</summary>
    CompatibleWithWarnings,

    /// <summary>At least one rule blocks it.</summary>
    Incompatible,
}
