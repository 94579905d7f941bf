namespace EcsImages.Core.Disks;

/// <summary>Takes the bytes of a file. Writers write from front to back, but for the head, which comes last; unless it takes any order.</summary>
internal interface IByteSink : IAsyncDisposable
{
    /// <summary>Whether it takes any bytes at any time, from several threads at once.</summary>
    bool TakesAnyOrder => false;

    /// <summary>Bytes that nobody writes before a position that is written are zeros.</summary>
    ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop);

    /// <summary>Says that all was written, and how long the file is.</summary>
    ValueTask CompleteAsync(long length, CancellationToken stop);
}

internal static class ByteSinkWriting
{
    private const int Piece = 64 * 1024;

    /// <summary>Writes what nobody has written before, but for pieces of 64 KiB that are zeros.</summary>
    public static async ValueTask WriteDataAsync(this IByteSink sink, long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        for (var (start, end) = (0, 0); start < bytes.Length; start = end)
        {
            var isZero = IsZero(start);
            for (end = Math.Min(start + Piece, bytes.Length); end < bytes.Length && IsZero(end) == isZero; end = Math.Min(end + Piece, bytes.Length)) { }
            if (!isZero) await sink.WriteAsync(offset + start, bytes[start..end], stop).ConfigureAwait(false);
        }

        bool IsZero(int at) => !bytes.Span.Slice(at, Math.Min(Piece, bytes.Length - at)).ContainsAnyExcept((byte)0);
    }
}
