using EcsImages.Local.Contents;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Bodies;

/// <summary>Keeps the bytes of pieces readable, also after their rows are gone.</summary>
internal interface IHeldPieces : IDisposable
{
    /// <summary>All bytes of the row of a piece that has them itself.</summary>
    byte[] Bytes(Piece piece);

    ContentReader Reader(string contentId);
}

/// <summary>Few contents, and few bytes in rows: all open from the start, as an open file outlives its name.</summary>
internal sealed class OpenPieces : IHeldPieces
{
    private const int MostContents = 32;
    private const int MostBytes = 1024 * 1024;
    private readonly Dictionary<string, ContentReader> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<long, byte[]> _bytes = [];

    public static bool Suit(IReadOnlyList<Piece> pieces) =>
        pieces.Where(static p => p.ContentId is null).Sum(static p => p.Length) <= MostBytes && pieces.Count(static p => p.ContentId is not null) <= MostContents;

    /// <summary>Null where a content was removed after the transaction began to look.</summary>
    public static OpenPieces? TryOpen(OssStore store, Session session, IReadOnlyList<Piece> pieces)
    {
        var open = new OpenPieces();
        var isWhole = false;
        try
        {
            foreach (var piece in pieces)
            {
                if (piece.ContentId is null) open._bytes.TryAdd(piece.Id, BodyRows.Bytes(session, piece));
                else if (!open._contents.ContainsKey(piece.ContentId)) open._contents.Add(piece.ContentId, Open(store, session, piece.ContentId));
            }
            isWhole = true;
            return open;
        }
        catch (ContentDamagedException) when (!IsStillThere(store, pieces))
        {
            return null;
        }
        finally
        {
            if (!isWhole) open.Dispose();
        }
    }

    public byte[] Bytes(Piece piece) => _bytes[piece.Id];

    public ContentReader Reader(string contentId) => _contents[contentId];

    public void Dispose()
    {
        foreach (var content in _contents.Values) content.Dispose();
        _contents.Clear();
    }

    private static ContentReader Open(OssStore store, Session session, string contentId) =>
        ContentReader.Open(session.Transaction.Connection!, session.Transaction, store.Contents.Folder, contentId);

    // A content that is damaged, and not merely gone, stays damaged however often one looks.
    private static bool IsStillThere(OssStore store, IReadOnlyList<Piece> pieces)
    {
        using var session = store.Database.Read();
        return pieces.Where(static p => p.ContentId is not null).All(p =>
            ContentRows.FindLive(session.Transaction.Connection!, session.Transaction, p.ContentId!) is not null);
    }
}

/// <summary>Many pieces: contents are held by a lock file of their own and opened one at a time; rows by the transaction that saw them.</summary>
internal sealed class PinnedPieces : IHeldPieces
{
    private readonly OssStore _store;
    private readonly ContentOwner _owner;
    private readonly Session _session;
    private ContentReader? _content;
    private (long Piece, byte[] Bytes) _last;

    private PinnedPieces(OssStore store, ContentOwner owner, Session session) => (_store, _owner, _session) = (store, owner, session);

    /// <summary>Takes the session over. Null where a content was removed after it began to look.</summary>
    public static PinnedPieces? TryHold(OssStore store, Session session, IReadOnlyList<Piece> pieces)
    {
        var owner = ContentOwner.Open(store.Contents.Folder);
        var isHeld = false;
        try
        {
            using var pinning = store.Database.Write();
            foreach (var id in pieces.Where(static p => p.ContentId is not null).Select(static p => p.ContentId!).Distinct())
            {
                if (ContentRows.FindLive(pinning.Transaction.Connection!, pinning.Transaction, id) is null) return null;
                ContentRows.Pin(pinning.Transaction, id, owner.Name);
            }
            pinning.Commit();
            isHeld = true;
            return new PinnedPieces(store, owner, session);
        }
        finally
        {
            if (!isHeld) owner.Dispose();
        }
    }

    public byte[] Bytes(Piece piece)
    {
        if (_last.Piece != piece.Id) _last = (piece.Id, BodyRows.Bytes(_session, piece));
        return _last.Bytes;
    }

    public ContentReader Reader(string contentId)
    {
        if (_content?.Id == contentId) return _content;
        _content?.Dispose();
        using var connection = _store.Database.Connect();
        return _content = ContentReader.Open(connection, null, _store.Contents.Folder, contentId);
    }

    /// <summary>The pins go with the next collection, as their owner's lock is free.</summary>
    public void Dispose()
    {
        _content?.Dispose();
        _session.Dispose();
        _owner.Dispose();
    }
}
