namespace EcsImages.Local.Contents.Synthetic;

/// <summary>Bytes at a place of a disk or a volume; what no piece covers is zeros.</summary>
internal readonly record struct DiskPiece(long Offset, ReadOnlyMemory<byte> Bytes)
{
    public DiskPiece At(long start) => this with { Offset = Offset + start };
}
