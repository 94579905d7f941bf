namespace EcsImages.Core.Images.Compatibility;

/// <summary>What one rule says of an image and an instance type, or of a disk-image file.</summary>
public sealed record EcsCompatibilityRule
{
    /// <summary>The rule, such as BootMode; scripts may rely on it.</summary>
    public required string Id { get; init; }

    /// <summary>What follows when it does not hold.</summary>
    public required EcsCompatibilitySeverity Severity { get; init; }

    /// <summary>Whether it holds; Unknown when the service did not answer, or the disk does not tell, what is needed.</summary>
    public required EcsCompatibilityFinding Finding { get; init; }

    /// <summary>Why, with the values of this image and this type.</summary>
    public required string Reason { get; init; }

    /// <summary>A line to run that mends it, or that finds what works instead; null where nothing can be done or nothing needs to be.</summary>
    public string? Remedy { get; init; }

    /// <summary>Where the rule stands: an operation with its parameter, or a page; null where it is not said.</summary>
    public string? Source { get; init; }

    internal bool Blocks => Finding is EcsCompatibilityFinding.Violated && Severity is EcsCompatibilitySeverity.Blocks;

    // What could not be told is never silently well.
    internal bool Warns => !Blocks && Finding is not EcsCompatibilityFinding.Passed && Severity is not EcsCompatibilitySeverity.Informs;

    /// <summary>The rule on one line.</summary>
    public override string ToString() => Finding switch
    {
        EcsCompatibilityFinding.Passed => $"{Id}: {Reason}",
        EcsCompatibilityFinding.Unknown => $"{Id} unknown: {Reason}",
        _ => $"{Id} {Word}: {Reason}",
    };

    private string Word => Severity switch
    {
        EcsCompatibilitySeverity.Blocks => "blocks",
        EcsCompatibilitySeverity.Warns => "warns",
        _ => "informs",
    };
}
