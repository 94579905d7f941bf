namespace EcsImages.Core.Disks;

/// <summary>A stream that is read from its start to its end, asynchronously; it counts what was read.</summary>
/// <param name="read">Reads what follows, from the count of the bytes before it; nothing at the end.</param>
internal sealed class ForwardStream(Func<long, Memory<byte>, CancellationToken, ValueTask<int>> read) : Stream
{
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("How much follows is not known.");

    public override long Position { get => _count; set => throw new NotSupportedException("It is read in order."); }

    /// <summary>What a source holds. It leaves the source open.</summary>
    public static ForwardStream Of(IByteSource source) => new((at, buffer, stop) =>
        at == source.Length ? new(0) : source.ReadAsync(at, buffer[..(int)Math.Min(buffer.Length, source.Length - at)], stop));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await read(_count, buffer, cancellationToken).ConfigureAwait(false);
        _count += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("It is read in order.");

    public override void SetLength(long value) => throw new NotSupportedException("It is only read.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is only read.");
}
