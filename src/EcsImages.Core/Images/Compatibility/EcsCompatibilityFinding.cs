namespace EcsImages.Core.Images.Compatibility;

/// <summary>What a rule found.</summary>
public enum EcsCompatibilityFinding
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It does not hold; its severity says what follows.</summary>
    Violated,

    /// <summary>The service did not answer, or the disk does not tell, what is needed.</summary>
    Unknown,
}
