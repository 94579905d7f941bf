namespace EcsImages.Local.Contents;

/// <summary>A range of a content that is stored; what lies between extents is zeros.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">In bytes, above 0.</param>
internal readonly record struct ContentExtent(long Start, long Length);
