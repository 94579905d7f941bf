namespace EcsImages.Core.Disks;

/// <summary>What two disks have in common, and what not.</summary>
/// <param name="DifferentBytes">In sectors that differ; beyond its end a disk is zeros here.</param>
/// <param name="Ranges">Where they lie, in order: whole sectors, neighbours together, as many as were asked for.</param>
/// <param name="MoreRanges">How many more there are.</param>
internal sealed record DiskDifferences(long DifferentBytes, IReadOnlyList<(long Start, long Length)> Ranges, long MoreRanges);
