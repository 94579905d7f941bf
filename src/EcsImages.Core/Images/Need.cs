namespace EcsImages.Core.Images;

/// <summary>What somebody wants of an image, and the kind of image that has it.</summary>
internal sealed record Need
{
    /// <summary>The name, which completes with Tab.</summary>
    public required string Name { get; init; }

    /// <summary>What people type for it.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    public required EcsImageType ImageType { get; init; }

    /// <summary>Why this kind.</summary>
    public required string Reason { get; init; }

    public required string Source { get; init; }
}
