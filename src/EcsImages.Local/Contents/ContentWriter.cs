using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Local.Contents;

/// <summary>Writes one content: pending row, bytes, flush, rename; then live, in the transaction of the row that uses it.</summary>
/// <remarks>
/// Whatever instant it ends at, either the content is live and its file complete, or the sweep finds what is left.
/// Ranges come in any order and may overlap; in ascending order each byte is hashed once. For one thread at a time. Dispose it
/// after the transaction: what has not become live by then is removed.
/// </remarks>
internal sealed class ContentWriter : IAsyncDisposable
{
    private const int Block = 4096;
    private readonly SqliteConnection _db;
    private readonly ContentFolder _folder;
    private readonly string _owner;
    private readonly SafeFileHandle _file;
    private readonly DigestTable _digests = new();
    private byte[]? _buffer;            // the MiB that is being put together out of smaller ranges
    private long _buffered = -1;
    private bool _dirty;
    private bool _broken;
    private bool _complete;

    private ContentWriter(SqliteConnection db, ContentFolder folder, string owner, string id, long length, SafeFileHandle file) =>
        (_db, _folder, _owner, Id, Length, _file) = (db, folder, owner, id, length, file);

    public string Id { get; }

    /// <summary>In bytes; what is never written within it is zeros.</summary>
    public long Length { get; private set; }

    /// <summary>Commits the pending row, then creates the file. The connection must not be in a transaction.</summary>
    public static ContentWriter Begin(SqliteConnection db, ContentFolder folder, ContentOwner owner, long length, DateTimeOffset now) =>
        Begin(db, folder, owner, length, length, now);

    /// <summary>The same for bytes whose number shows only with the last of them: ShortenAsync says it, before CompleteAsync.</summary>
    public static ContentWriter BeginGrowing(SqliteConnection db, ContentFolder folder, ContentOwner owner, long atMost, DateTimeOffset now) =>
        Begin(db, folder, owner, atMost, 0, now);

    private static ContentWriter Begin(
        SqliteConnection db, ContentFolder folder, ContentOwner owner, long length, long initialLength, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var id = ContentFolder.NewId();
        ContentRows.InsertPending(db, id, owner.Name, initialLength, now);
        try
        {
            return new ContentWriter(db, folder, owner.Name, id, length, SparseFile.Create(folder.UnfinishedFileOf(id), initialLength));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(db, folder, id, owner.Name);
            throw;
        }
    }

    /// <summary>Writes a range within the length. After a failure the content can only be disposed of.</summary>
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, Length - offset);
        if (_complete || _broken) throw new InvalidOperationException($"Content {Id} is {(_broken ? "broken" : "complete")}: no more writes.");
        _broken = true;
        while (!data.IsEmpty)
        {
            var (mib, at) = (MiB.Of(offset), (int)(offset % MiB.Size));
            var whole = MiB.LengthOf(mib, Length);
            var part = data[..Math.Min(data.Length, whole - at)];
            if (part.Length == whole)
            {
                if (_buffered == mib) (_buffered, _dirty) = (-1, false);
                await StoreAsync(mib, part, stop).ConfigureAwait(false);
            }
            else
            {
                var buffer = await BufferAsync(mib, stop).ConfigureAwait(false);
                part.CopyTo(buffer[at..]);
                _dirty = true;
            }
            data = data[part.Length..];
            offset += part.Length;
        }
        _broken = false;
    }

    /// <summary>Sets the length where it was not known; nothing was written beyond it.</summary>
    public async ValueTask ShortenAsync(long length, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        var last = MiB.Of(length);
        if (length % MiB.Size != 0 && _buffered != last && _digests.Contains(last))
        {
            // It was stored for a whole one: its digest becomes that of what is left of it.
            RandomAccess.SetLength(_file, Math.Min(Length, (last + 1) * MiB.Size));
            await BufferAsync(last, stop).ConfigureAwait(false);
            _dirty = true;
        }
        Length = length;
        RandomAccess.SetLength(_file, length);
    }

    /// <summary>Makes the file durable under its final name.</summary>
    public async Task CompleteAsync(CancellationToken stop)
    {
        if (_complete || _broken) throw new InvalidOperationException($"Content {Id} cannot be completed.");
        await StoreBufferAsync(stop).ConfigureAwait(false);
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(_folder.UnfinishedFileOf(Id), _folder.FileOf(Id));
        SparseFile.FlushNames(_folder.Path);
        _complete = true;
    }

    /// <summary>Makes the content live within the caller's transaction, which also inserts the row that uses it.</summary>
    /// <param name="transaction">Immediate, on any connection to the same database.</param>
    /// <param name="kind">The kind of a synthetic disk; no two live contents are of one kind.</param>
    public void Publish(SqliteTransaction transaction, string? kind = null)
    {
        if (!_complete) throw new InvalidOperationException($"Content {Id} is not complete.");
        var allocated = _digests.Stored(0, long.MaxValue).Sum(mib => (long)MiB.LengthOf(mib, Length));
        if (!ContentRows.MakeLive(transaction, Id, kind, Length, allocated))
            throw new InvalidOperationException($"Content {Id} is not pending any more.");
        ContentRows.InsertDigests(transaction, Id, _digests);
    }

    /// <summary>Removes the content unless a committed transaction has made it live.</summary>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        try
        {
            Remove(_db, _folder, Id, _owner);
        }
        catch (SqliteException)
        {
            // Busy, full or broken database: the row stays pending, and the sweep of a later process removes it.
        }
        return ValueTask.CompletedTask;
    }

    private static void Remove(SqliteConnection db, ContentFolder folder, string id, string owner)
    {
        if (ContentRows.MarkPending(db, id, owner, owner) && folder.TryDelete(id)) ContentRows.DeleteMarked(db, id);
    }

    private async ValueTask<Memory<byte>> BufferAsync(long mib, CancellationToken stop)
    {
        var length = MiB.LengthOf(mib, Length);
        _buffer ??= new byte[MiB.Size];
        if (_buffered == mib) return _buffer.AsMemory(0, length);
        await StoreBufferAsync(stop).ConfigureAwait(false);
        _buffered = -1;
        if (_digests.Contains(mib))
            await StoredMiB.ReadAsync(_file, Id, _folder.UnfinishedFileOf(Id), mib, _buffer.AsMemory(0, length), _digests, stop).ConfigureAwait(false);
        else _buffer.AsSpan(0, length).Clear();
        _buffered = mib;
        return _buffer.AsMemory(0, length);
    }

    private async ValueTask StoreBufferAsync(CancellationToken stop)
    {
        if (!_dirty) return;
        await StoreAsync(_buffered, _buffer.AsMemory(0, MiB.LengthOf(_buffered, Length)), stop).ConfigureAwait(false);
        _dirty = false;
    }

    private async ValueTask StoreAsync(long mib, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var zero = !bytes.Span.ContainsAnyExcept((byte)0);
        if (_digests.Contains(mib))
        {
            await RandomAccess.WriteAsync(_file, bytes, mib * MiB.Size, stop).ConfigureAwait(false);
        }
        else
        {
            if (zero) return;
            await WriteBlocksAsync(mib * MiB.Size, bytes, stop).ConfigureAwait(false);
        }
        SetDigest(mib, bytes.Span, zero);
    }

    private void SetDigest(long mib, ReadOnlySpan<byte> bytes, bool zero)
    {
        Span<byte> digest = stackalloc byte[DigestTable.DigestSize];
        if (zero) digest.Clear();
        else SHA256.HashData(bytes, digest);
        _digests.Set(mib, digest);
    }

    // Into a hole: blocks of zeros stay holes.
    private async ValueTask WriteBlocksAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var zeros = bytes.Span[at..].IndexOfAnyExcept((byte)0);
            if (zeros < 0) return;
            var start = (at + zeros) / Block * Block;
            for (at = start + Block; at < bytes.Length && BlockAt(at).ContainsAnyExcept((byte)0);) at += Block;
            at = Math.Min(at, bytes.Length);
            await RandomAccess.WriteAsync(_file, bytes[start..at], offset + start, stop).ConfigureAwait(false);
        }

        ReadOnlySpan<byte> BlockAt(int start) => bytes.Span[start..Math.Min(start + Block, bytes.Length)];
    }
}
