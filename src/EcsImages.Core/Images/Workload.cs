namespace EcsImages.Core.Images;

/// <summary>What instances are to do, and the operating systems for it.</summary>
internal sealed record Workload
{
    /// <summary>The name, which completes with Tab.</summary>
    public required string Name { get; init; }

    /// <summary>What people type for it.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Operating systems as the table of lifecycles names them, the best first.</summary>
    public required IReadOnlyList<string> OperatingSystems { get; init; }

    /// <summary>Why these.</summary>
    public required string Reason { get; init; }

    /// <summary>Only where something old demands it: never recommended, but for who asks for it by name.</summary>
    public bool IsLegacy { get; init; }

    public required string Source { get; init; }
}
