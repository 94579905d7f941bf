using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Files.Checks;

/// <summary>A check: what it is called, how much hangs on it, and where the rule stands.</summary>
internal sealed record Check(string Id, EcsCompatibilitySeverity Severity, string Source)
{
    /// <summary>Nothing is wrong.</summary>
    public EcsCompatibilityRule Well(string reason) => Made(EcsCompatibilityFinding.Passed, Severity, reason, null);

    /// <summary>It does not hold.</summary>
    public EcsCompatibilityRule Bad(string reason, string? remedy) => Made(EcsCompatibilityFinding.Violated, Severity, reason, remedy);

    /// <summary>It does not hold, and less hangs on it than usual.</summary>
    public EcsCompatibilityRule Bad(EcsCompatibilitySeverity severity, string reason, string? remedy) => Made(EcsCompatibilityFinding.Violated, severity, reason, remedy);

    /// <summary>The disk does not tell. That does not block, and where something else says why, it does not even warn.</summary>
    public EcsCompatibilityRule Unsure(EcsCompatibilitySeverity severity, string reason, string? remedy = null) => Made(EcsCompatibilityFinding.Unknown, severity, reason, remedy);

    private EcsCompatibilityRule Made(EcsCompatibilityFinding finding, EcsCompatibilitySeverity severity, string reason, string? remedy) =>
        new() { Id = Id, Severity = severity, Finding = finding, Reason = reason, Remedy = remedy, Source = Source };
}
