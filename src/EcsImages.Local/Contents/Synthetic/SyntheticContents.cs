using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Contents.Synthetic;

/// <summary>One content for each kind of synthetic disk, made when first asked for.</summary>
internal sealed class SyntheticContents(ContentFolder folder, ContentOwner owner)
{
    /// <summary>
    /// The id of the disk's content. It stays live until the owner's lock is given up even if no row refers to it, so the
    /// caller may use the id in a later transaction. The connection must not be in one.
    /// </summary>
    public async Task<string> ObtainAsync(SqliteConnection db, SyntheticDisk disk, DateTimeOffset now, CancellationToken stop)
    {
        var kind = disk.Kind;
        if (ContentRows.FindKind(db, null, kind) is not null)
        {
            using var transaction = db.BeginTransaction();
            if (Pin(transaction, kind) is { } found)
            {
                transaction.Commit();
                return found;
            }
        }
        var writer = ContentWriter.Begin(db, folder, owner, disk.Length, now);
        await using (writer.ConfigureAwait(false))
        {
            // In ascending order each MiB is stored once, and its blocks of zeros stay holes.
            foreach (var piece in disk.Write().OrderBy(static p => p.Offset))
                await writer.WriteAsync(piece.Offset, piece.Bytes, stop).ConfigureAwait(false);
            await writer.CompleteAsync(stop).ConfigureAwait(false);
            using var transaction = db.BeginTransaction();
            // Another process may have been quicker; then its content is used, and this one removed.
            if (Pin(transaction, kind) is not { } id)
            {
                writer.Publish(transaction, kind);
                id = writer.Id;
                ContentRows.Pin(transaction, id, owner.Name);
            }
            transaction.Commit();
            return id;
        }
    }

    private string? Pin(SqliteTransaction transaction, string kind)
    {
        if (ContentRows.FindKind(transaction.Connection!, transaction, kind) is not { Id: var id }) return null;
        ContentRows.Pin(transaction, id, owner.Name);
        return id;
    }
}
