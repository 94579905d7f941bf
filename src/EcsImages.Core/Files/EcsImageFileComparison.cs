namespace EcsImages.Core.Files;

/// <summary>What two disk-image files have in common: their disks, whatever the formats.</summary>
public sealed record EcsImageFileComparison
{
    /// <summary>The one file, in full.</summary>
    public required string Path { get; init; }

    /// <summary>The other file, in full.</summary>
    public required string DifferencePath { get; init; }

    /// <summary>Whether both hold the same disk: of the same size, and each byte the same.</summary>
    public bool IsEqual => DifferentBytes == 0 && SizeBytes == DifferenceSizeBytes;

    /// <summary>The size of the one disk, in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>The size of the other disk, in bytes.</summary>
    public required long DifferenceSizeBytes { get; init; }

    /// <summary>How many bytes lie in sectors that differ. Beyond the end of the smaller disk, only what is not zero differs.</summary>
    public required long DifferentBytes { get; init; }

    /// <summary>Where they lie, in order, neighbours together; the first 1,000 of them.</summary>
    public required EcsImageFileRange[] Ranges { get; init; }

    /// <summary>How many ranges there are besides.</summary>
    public required long MoreRanges { get; init; }
}

/// <summary>A part of a disk.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">In bytes.</param>
public sealed record EcsImageFileRange(long Start, long Length)
{
    /// <summary>Such as 1048576+512.</summary>
    public override string ToString() => $"{Start}+{Length}";
}
