namespace EcsImages.Core.Disks;

/// <summary>A range of a disk that is of one kind.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">In bytes, above 0.</param>
/// <param name="IsZero">Whether it is known to be zeros without a look at its bytes; other ranges may hold zeros too.</param>
internal readonly record struct DiskRange(long Start, long Length, bool IsZero)
{
    /// <summary>The byte behind it.</summary>
    public long End => Start + Length;
}
