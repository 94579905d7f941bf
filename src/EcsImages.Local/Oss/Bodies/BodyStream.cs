using EcsImages.Local.Contents;

namespace EcsImages.Local.Oss.Bodies;

/// <summary>Reads an open body from its first byte to its last. Disposes of the reader.</summary>
internal sealed class BodyStream(BodyReader reader) : Stream
{
    private long _position;
    private int _piece;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => reader.Length;

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position == reader.Length || buffer.IsEmpty) return 0;
        var piece = reader.Pieces[_piece];
        var offset = _position - piece.Start;
        // To the end of a MiB: from there on whole ones go into the caller's buffer, checked but not copied.
        var inContent = piece.Offset + offset;
        var count = (int)Math.Min(Math.Min(buffer.Length, piece.Length - offset), MiB.Size - inContent % MiB.Size);
        await reader.ReadAsync(piece, offset, buffer[..count], cancellationToken).ConfigureAwait(false);
        _position += count;
        if (_position == piece.End) _piece++;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) reader.Dispose();
        base.Dispose(disposing);
    }
}
