using EcsImages.Core.Disks.Inspection;

namespace EcsImages.Local.Ecs.Detection;

/// <summary>What a look at a content tells.</summary>
/// <param name="Disk">What is on it; of a content that could not be read, nothing.</param>
/// <param name="Problem">Why it could not be read; null where it could.</param>
internal sealed record DiskLook(DiskInspection Disk, string? Problem = null)
{
    /// <summary>That of a disk of zeros, which has no content.</summary>
    public static DiskLook Empty { get; } = new(new DiskInspection { Scheme = PartitionScheme.None });
}
