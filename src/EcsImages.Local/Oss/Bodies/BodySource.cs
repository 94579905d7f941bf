using EcsImages.Core.Disks;

namespace EcsImages.Local.Oss.Bodies;

/// <summary>An open body as bytes that can be read anywhere; one read at a time. Disposes of the reader.</summary>
internal sealed class BodySource(BodyReader reader, string name) : IByteSource
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public string Name => name;

    public long Length => reader.Length;

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var count = (int)Math.Min(buffer.Length, Length - offset);
            for (var at = 0; at < count;)
            {
                var piece = reader.Pieces[Find(offset + at)];
                var inPiece = offset + at - piece.Start;
                var part = buffer.Slice(at, (int)Math.Min(count - at, piece.Length - inPiece));
                await reader.ReadAsync(piece, inPiece, part, stop).ConfigureAwait(false);
                at += part.Length;
            }
            return count;
        }
        finally
        {
            _gate.Release();
        }
    }

    public DiskRange RangeAt(long offset) => new(offset, Length - offset, IsZero: false);

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }

    private int Find(long offset)
    {
        var (low, high) = (0, reader.Pieces.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (reader.Pieces[middle].End <= offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
