using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Bodies;

/// <summary>Which bytes of which body.</summary>
internal readonly record struct BodyRange(long Body, long Start, long Length);

/// <summary>A range of a body, open for reading: it stays whole whatever becomes of its object meanwhile.</summary>
internal sealed class BodyReader : IDisposable
{
    private readonly IHeldPieces _held;

    private BodyReader(IReadOnlyList<Piece> pieces, IHeldPieces held) => (Pieces, _held) = (pieces, held);

    /// <summary>In order, without gaps; the first begins at 0.</summary>
    public IReadOnlyList<Piece> Pieces { get; }

    public long Length => Pieces.Count == 0 ? 0 : Pieces[^1].End;

    /// <summary>Opens what is found, in one look at the store.</summary>
    /// <param name="store">Where the bodies are.</param>
    /// <param name="find">What is to be read; called again where something was removed in between.</param>
    /// <param name="toShare">Whether the contents are to become part of another body: then no collection may take them either.</param>
    public static (T Found, BodyReader Reader) Open<T>(OssStore store, Func<Session, (T Found, BodyRange Range)> find, bool toShare = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var session = store.Database.Read();
            var isKept = false;
            try
            {
                var (found, range) = find(session);
                var pieces = BodyRows.Read(session, range.Body, range.Start, range.Length);
                if (!toShare && OpenPieces.Suit(pieces))
                {
                    if (OpenPieces.TryOpen(store, session, pieces) is { } open) return (found, new BodyReader(pieces, open));
                }
                else if (PinnedPieces.TryHold(store, session, pieces) is { } pinned)
                {
                    isKept = true;
                    return (found, new BodyReader(pieces, pinned));
                }
                // Whoever removes an object over and over, just as it is opened, gets no further than this.
                if (attempt == 5) throw new IOException($"The contents of body {range.Body} are not there.");
            }
            finally
            {
                if (!isKept) session.Dispose();
            }
        }
    }

    /// <summary>Fills the buffer with bytes of one piece.</summary>
    public async ValueTask ReadAsync(Piece piece, long offset, Memory<byte> buffer, CancellationToken stop)
    {
        if (piece.ContentId is null) _held.Bytes(piece).AsMemory((int)(piece.Offset + offset), buffer.Length).CopyTo(buffer);
        else await _held.Reader(piece.ContentId).ReadAsync(piece.Offset + offset, buffer, stop).ConfigureAwait(false);
    }

    /// <summary>Makes a body of all that is open here; contents are shared, not copied.</summary>
    public void AddTo(Session session, long body)
    {
        foreach (var piece in Pieces)
        {
            if (piece.ContentId is not null) BodyRows.AddContent(session, body, piece.Start, piece.Length, piece.ContentId, piece.Offset);
            else BodyRows.AddBytes(session, body, piece.Start, _held.Bytes(piece).AsSpan((int)piece.Offset, (int)piece.Length).ToArray());
        }
    }

    public void Dispose() => _held.Dispose();
}
