namespace EcsImages.Core.Disks;

/// <summary>A part of a source, as a source of its own.</summary>
internal sealed class SourcePart(IByteSource whole, long start, long length) : IByteSource
{
    public string Name => whole.Name;

    public long Length => length;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop) =>
        whole.ReadAsync(start + offset, buffer[..(int)Math.Min(buffer.Length, length - offset)], stop);

    public DiskRange RangeAt(long offset)
    {
        var range = whole.RangeAt(start + offset);
        return range with { Start = offset, Length = Math.Min(range.End - start, length) - offset };
    }

    public ValueTask DisposeAsync() => whole.DisposeAsync();
}
