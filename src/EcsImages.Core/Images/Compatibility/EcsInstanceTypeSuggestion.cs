namespace EcsImages.Core.Images.Compatibility;

/// <summary>A type that an image starts on, near to one that it does not.</summary>
public sealed record EcsInstanceTypeSuggestion
{
    /// <summary>The type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Number of vCPUs.</summary>
    public int? CpuCoreCount { get; init; }

    /// <summary>Memory in GiB.</summary>
    public double? MemoryGiB { get; init; }

    /// <summary>How far it is from the type that was asked for: 0 is as near as can be; twice or half the cores, or the memory, is 1.</summary>
    public required double Distance { get; init; }

    /// <summary>Compatible or CompatibleWithWarnings.</summary>
    public required EcsCompatibilityVerdict Verdict { get; init; }

    /// <summary>What is alike and what differs, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The type: what a cmdlet that takes a text wants.</summary>
    public override string ToString() => InstanceType;
}
