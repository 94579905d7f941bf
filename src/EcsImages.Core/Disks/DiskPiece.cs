namespace EcsImages.Core.Disks;

/// <summary>A piece of a disk that is worked on at once.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct DiskPiece(long Start, int Length)
{
    /// <summary>The byte behind it.</summary>
    public long End => Start + Length;
}
