using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Contents;

/// <summary>The contents of an open endpoint: its folder, its lock and its collector, each made when first needed.</summary>
internal sealed class DiskContents(Database database) : IDisposable
{
    // Every column that holds a content id; an image refers to contents through its disks.
    private static readonly ContentReference[] References =
        [new("disk", "content_id"), new("image_disk", "content_id"), new("snapshot", "content_id"), new("oss_piece", "content_id"),
            new("byte_work_disk", "source"), new("byte_work_disk", "result"), new("byte_work_piece", "content_id")];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, int> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _pinned = new(StringComparer.Ordinal);
    private ContentFolder? _folder;
    private ContentOwner? _owner;
    private bool _isClosed;

    public ContentFolder Folder => _folder ??= new(Path.Combine(database.Folder, "blobs"));

    /// <summary>Finishes what ended processes have left; costs one query where they left nothing.</summary>
    public void Recover(CancellationToken stop)
    {
        using var connection = database.Connect();
        using var command = ContentRows.Command(connection, null,
            "SELECT EXISTS (SELECT 1 FROM content WHERE state <> 'live') OR EXISTS (SELECT 1 FROM content_pin)");
        if ((long)command.ExecuteScalar()! != 0) Collect(stop);
    }

    /// <summary>Sees to it that the disk has a live content, which stays until the lease is given back.</summary>
    public async Task<IDisposable> ObtainAsync(SyntheticDisk disk, CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            // Still pinned from before: no write is needed.
            if (!_pinned.TryGetValue(disk.Kind, out var id))
            {
                using var connection = database.Connect();
                var contents = new SyntheticContents(Folder, OpenOwner(connection, stop));
                id = await contents.ObtainAsync(connection, disk, database.Clock.GetUtcNow(), stop).ConfigureAwait(false);
                _pinned.Add(disk.Kind, id);
            }
            _leases[id] = _leases.GetValueOrDefault(id) + 1;
            return new Lease(this, id);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Begins a content of bytes that come from outside and may be fewer. The connection is the writer's until it is disposed.</summary>
    public async Task<ContentWriter> BeginAsync(SqliteConnection connection, long atMost, CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            return ContentWriter.BeginGrowing(connection, Folder, OpenOwner(connection, stop), atMost, database.Clock.GetUtcNow());
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The name of this endpoint's lock, which is held until it closes.</summary>
    public async Task<string> OwnAsync(CancellationToken stop)
    {
        await _gate.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            using var connection = database.Connect();
            return OpenOwner(connection, stop).Name;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Removes contents that no row refers to. Not to be called within a transaction.</summary>
    public void Collect(CancellationToken stop)
    {
        _gate.Wait(stop);
        try
        {
            // What a call leaves behind that outlives its endpoint is for the next delete to collect.
            if (_isClosed) return;
            using var connection = database.Connect();
            CollectUnder(connection, stop);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _gate.Wait();
        try
        {
            _isClosed = true;
            if (_owner is null) return;
            using var connection = database.Connect();
            CollectUnder(connection, CancellationToken.None);
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            // Whoever opens the folder next finishes it.
        }
        finally
        {
            _owner?.Dispose();
            _owner = null;
            _gate.Release();
        }
    }

    /// <summary>The id of the content of that kind; within the transaction of an operation that obtained it before.</summary>
    public static string IdOf(Session store, SyntheticDisk disk) =>
        store.Scalar<string>("SELECT id FROM content WHERE kind = $kind AND state = 'live'", ("kind", disk.Kind))
        ?? throw new InvalidOperationException($"The content {disk.Kind} was not obtained before the transaction.");

    private void CollectUnder(SqliteConnection connection, CancellationToken stop)
    {
        var owner = OpenOwner(connection, stop);
        foreach (var (kind, id) in _pinned.Where(p => !_leases.ContainsKey(p.Value)).ToArray())
        {
            ContentRows.Run(connection, null, "DELETE FROM content_pin WHERE content_id = @id AND owner = @owner", ("@id", id), ("@owner", owner.Name));
            _pinned.Remove(kind);
        }
        new ContentCollector(Folder, owner, References).Collect(connection, stop);
    }

    private ContentOwner OpenOwner(SqliteConnection connection, CancellationToken stop)
    {
        if (_owner is not null) return _owner;
        _owner = ContentOwner.Open(Folder);
        // Files without a row show only to who looks into the folder.
        new ContentCollector(Folder, _owner, References).Sweep(connection, stop);
        return _owner;
    }

    private void Return(string id)
    {
        _gate.Wait();
        if (_leases[id] == 1) _leases.Remove(id);
        else _leases[id]--;
        _gate.Release();
    }

    private sealed class Lease(DiskContents contents, string id) : IDisposable
    {
        public void Dispose() => contents.Return(id);
    }
}
