using EcsImages.Core.Disks;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Bytes in memory as a source without holes.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="length">How many of them count.</param>
internal sealed class MemorySource(byte[] bytes, int length) : IByteSource
{
    public MemorySource(byte[] bytes) : this(bytes, bytes.Length)
    {
    }

    public string Name => "disk";

    public long Length => length;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var part = bytes.AsSpan((int)offset, (int)Math.Min(buffer.Length, length - offset));
        part.CopyTo(buffer.Span);
        return new(part.Length);
    }

    public DiskRange RangeAt(long offset) => new(offset, Length - offset, IsZero: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Memory as a sink.</summary>
internal sealed class MemorySink : IByteSink
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        _bytes.Position = offset;
        _bytes.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(long length, CancellationToken stop)
    {
        _bytes.SetLength(length);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _bytes.DisposeAsync();
}
