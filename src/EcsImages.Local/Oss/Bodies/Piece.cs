namespace EcsImages.Local.Oss.Bodies;

/// <summary>A run of bytes of a body: a range of a content, or of bytes that its own row holds.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Start">Where it stands in the body.</param>
/// <param name="Length">In bytes, above 0.</param>
/// <param name="ContentId">The content; null where the row has the bytes.</param>
/// <param name="Offset">Where it begins in the content, or in the bytes of the row.</param>
internal sealed record Piece(long Id, long Start, long Length, string? ContentId, long Offset)
{
    public long End => Start + Length;

    /// <summary>What of it lies within the range, as a piece of a body that begins where the range does.</summary>
    public Piece Within(long from, long to)
    {
        var (first, last) = (Math.Max(from, Start), Math.Min(to, End));
        return this with { Start = first - from, Length = last - first, Offset = Offset + first - Start };
    }
}
