namespace EcsImages.Core.Images.Compatibility;

/// <summary>Whether an image starts on an instance type, with each rule's part in that.</summary>
public sealed record EcsImageCompatibility
{
    /// <summary>The image.</summary>
    public required string ImageId { get; init; }

    /// <summary>The name of the image.</summary>
    public string? ImageName { get; init; }

    /// <summary>The instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Compatible, CompatibleWithWarnings or Incompatible.</summary>
    public required EcsCompatibilityVerdict Verdict { get; init; }

    /// <summary>BIOS or UEFI: how an instance would boot; null if image and type do not fit, or nobody can tell.</summary>
    public string? ResultingBootMode { get; init; }

    /// <summary>All rules, in the order in which the service would refuse.</summary>
    // An array: PowerShell cannot index what a collection expression makes of an IReadOnlyList.
    public required IReadOnlyList<EcsCompatibilityRule> Rules { get; init => field = value.ToArray(); }

    /// <summary>The rules that do not hold, or whose finding is unknown; the worst first.</summary>
    public IReadOnlyList<EcsCompatibilityRule> Problems =>
        Rules.Where(static r => r.Finding is not EcsCompatibilityFinding.Passed).OrderByDescending(static r => r.Blocks ? 3 : r.Warns ? 2 : 1).ToArray();

    /// <summary>The first reason against it: of what blocks, else of what warns; null when it is Compatible.</summary>
    public string? Reason => Problems is [var worst, ..] && (worst.Blocks || worst.Warns) ? worst.Reason : null;

    /// <summary>The nearest types that the image starts on; only when asked for, and when this one is Incompatible.</summary>
    public IReadOnlyList<EcsInstanceTypeSuggestion> Suggestions { get; init => field = value.ToArray(); } = [];

    /// <summary>What the service itself says; only when asked for.</summary>
    public EcsCompatibilityOnline? Online { get; init; }

    /// <summary>The region that the instance would be launched in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which the image was seen; cmdlets that this is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>Image, type and verdict on one line.</summary>
    public override string ToString() => $"{ImageId} on {InstanceType}: {Verdict}";
}
