namespace EcsImages.Core.Disks;

/// <summary>Writes the bytes of a disk as they are; zeros stay holes where the sink has any.</summary>
internal sealed class RawWriter(IByteSink sink, long length) : IDiskWriter
{
    public DiskFormat Format => DiskFormat.Raw;

    public long Length => length;

    public int BlockSize => 64 * 1024;

    public BlockPacker? Packer => null;

    public bool TakesAnyOrder => sink.TakesAnyOrder;

    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop) => sink.WriteAsync(offset, bytes, stop);

    public ValueTask CompleteAsync(CancellationToken stop) => sink.CompleteAsync(length, stop);
}
