using EcsImages.Core.Disks;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Work;

/// <summary>A content on its way in: a piece of a disk, or a file. Without a single byte that is not zero it does not come to be.</summary>
/// <param name="database">Will know it.</param>
/// <param name="contents">Has the folder.</param>
/// <param name="atMost">How long it can become, in bytes.</param>
internal sealed class NewContent(Database database, DiskContents contents, long atMost) : IDiskWriter, IByteSink
{
    private SqliteConnection? _connection;
    private ContentWriter? _writer;

    public DiskFormat Format => DiskFormat.Raw;

    public long Length => atMost;

    public int BlockSize => 64 * 1024;

    public BlockPacker? Packer => null;

    /// <summary>Null where nothing was written.</summary>
    public string? Id => _writer?.Id;

    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop) => WriteAsync(offset, bytes, stop);

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        if (_writer is null)
        {
            _connection ??= database.Connect();
            _writer = await contents.BeginAsync(_connection, atMost, stop).ConfigureAwait(false);
        }
        await _writer.WriteAsync(offset, bytes, stop).ConfigureAwait(false);
    }

    public ValueTask CompleteAsync(CancellationToken stop) => CompleteAsync(atMost, stop);

    public async ValueTask CompleteAsync(long length, CancellationToken stop)
    {
        if (_writer is null) return;
        await _writer.ShortenAsync(length, stop).ConfigureAwait(false);
        await _writer.CompleteAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Makes it live, in the transaction of the row that refers to it.</summary>
    public void Publish(Session store) => _writer?.Publish(store.Transaction);

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null) await _writer.DisposeAsync().ConfigureAwait(false);
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
