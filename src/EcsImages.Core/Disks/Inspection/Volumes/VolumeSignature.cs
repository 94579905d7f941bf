namespace EcsImages.Core.Disks.Inspection.Volumes;

/// <summary>What a volume says of itself in its first KiB.</summary>
/// <param name="Kind">Unknown where it says nothing.</param>
/// <param name="Label">Empty where it has none.</param>
/// <param name="Uuid">As Linux writes it; empty where it has none.</param>
internal sealed record VolumeSignature(FileSystemKind Kind, string Label = "", string Uuid = "")
{
    public static readonly VolumeSignature None = new(FileSystemKind.Unknown);

    /// <summary>The features of an ext file system by the names that mkfs gives them.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];
}
