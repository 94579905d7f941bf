using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Contents;

/// <summary>Reads a live content at random; no byte leaves here that its digest does not vouch for.</summary>
/// <remarks>Needs the database only to open. For one thread at a time; opening another one costs little.</remarks>
internal abstract class ContentReader : IDisposable
{
    protected ContentReader(ContentRow row) => (Id, Length, Allocated) = (row.Id, row.Length, row.Allocated);

    public string Id { get; }

    /// <summary>In bytes. Reading beyond it gives zeros, so that a disk may be larger than its content.</summary>
    public long Length { get; }

    /// <summary>The bytes of the stored MiBs.</summary>
    public long Allocated { get; }

    /// <exception cref="ContentDamagedException">No such live content, or its file is not there or too short.</exception>
    public static ContentReader Open(SqliteConnection db, SqliteTransaction? transaction, ContentFolder folder, string contentId)
    {
        var path = folder.FileOf(contentId);
        var row = ContentRows.FindLive(db, transaction, contentId)
            ?? throw new ContentDamagedException(contentId, path, "the database has no such content");
        return ComposedContent.PartsOf(db, transaction, contentId) is { Count: > 0 } parts
            ? ComposedContentReader.Open(db, transaction, folder, row, parts)
            : FileContentReader.Open(row, path, ContentRows.ReadDigests(db, transaction, contentId));
    }

    /// <summary>Fills the whole buffer; with zeros where nothing is stored, and beyond the length.</summary>
    /// <exception cref="ContentDamagedException">A stored MiB that the range touches is damaged.</exception>
    public abstract ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop);

    /// <summary>The stored ranges within a range, ascending, as long as can be; all else there is zeros.</summary>
    public IEnumerable<ContentExtent> Map(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        var end = Math.Min(Length, length > long.MaxValue - start ? long.MaxValue : start + length);
        return end <= start ? [] : Stored(start, end);
    }

    public abstract void Dispose();

    /// <summary>What Map answers, from a start to before an end within the length.</summary>
    protected abstract IEnumerable<ContentExtent> Stored(long start, long end);
}
