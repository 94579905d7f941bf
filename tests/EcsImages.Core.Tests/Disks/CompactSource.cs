using EcsImages.Core.Disks;

namespace EcsImages.Core.Tests.Disks;

/// <summary>A large file of which only the pieces that are not zeros are in memory, so that a copy of it to be broken costs little.</summary>
internal sealed class CompactSource : IByteSource
{
    private const int Piece = 64 * 1024;
    private readonly Dictionary<long, int> _places;

    private CompactSource(byte[] bytes, Dictionary<long, int> places, long length) => (Bytes, _places, Length) = (bytes, places, length);

    /// <summary>The pieces, one behind the other.</summary>
    public byte[] Bytes { get; }

    public string Name => "disk";

    public long Length { get; }

    public static CompactSource Of(string path)
    {
        using var file = File.OpenHandle(path);
        var (pieces, places, piece, length) = (new MemoryStream(), new Dictionary<long, int>(), new byte[Piece], RandomAccess.GetLength(file));
        for (long at = 0; at < length; at += Piece)
        {
            piece.AsSpan().Clear();
            RandomAccess.Read(file, piece, at);
            if (!piece.AsSpan().ContainsAnyExcept((byte)0)) continue;
            places.Add(at / Piece, (int)pieces.Length);
            pieces.Write(piece);
        }
        return new CompactSource(pieces.ToArray(), places, length);
    }

    /// <summary>The same with other bytes in its pieces.</summary>
    public CompactSource With(byte[] bytes) => new(bytes, _places, Length);

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var within = (int)(offset % Piece);
        var part = buffer.Span[..(int)Math.Min(Math.Min(buffer.Length, Piece - within), Length - offset)];
        if (_places.TryGetValue(offset / Piece, out var place)) Bytes.AsSpan(place + within, part.Length).CopyTo(part);
        else part.Clear();
        return new(part.Length);
    }

    public DiskRange RangeAt(long offset) => new(offset, Length - offset, IsZero: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
