using EcsImages.Local.Contents;

namespace EcsImages.Local.Tests.Contents;

public sealed class ContentSweepTests : IDisposable
{
    private readonly ContentFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_process_that_dies_while_it_writes_leaves_what_the_next_one_sweeps(int stage)
    {
        var kept = await _store.StoreAsync(MiB.Size, 0, [1], "disk-kept");
        using var dying = _store.Connect();
        var owner = ContentOwner.Open(_store.Folder);
        var writer = _store.Begin(3 * MiB.Size, owner, dying);       // never disposed: the process is killed
        if (stage >= 1) await writer.WriteAsync(5, new byte[] { 1 }, CancellationToken.None);
        if (stage >= 2) await writer.CompleteAsync(CancellationToken.None);
        if (stage >= 3)
        {
            using var transaction = dying.BeginTransaction();
            writer.Publish(transaction);                             // rolled back, as by the death of its process
        }

        Assert.Equal(0, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.Equal(2, _store.Files.Count);

        owner.Dispose();
        Assert.Equal(1, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.Equal([kept], _store.Files);
        Assert.Equal(1, _store.Count("content"));
    }

    [Fact]
    public void A_death_before_the_file_exists_leaves_a_row_that_is_swept()
    {
        var owner = ContentOwner.Open(_store.Folder);
        ContentRows.InsertPending(_store.Db, ContentFolder.NewId(), owner.Name, 1, ContentFixture.Now);
        owner.Dispose();
        Assert.Equal(1, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.Equal(0, _store.Count("content"));
    }

    [Fact]
    public async Task A_death_between_mark_and_unlink_or_between_unlink_and_row_is_finished_by_the_next_process()
    {
        var both = await _store.StoreAsync(MiB.Size, 0, [1]);
        var rowOnly = await _store.StoreAsync(MiB.Size, 0, [2]);
        File.Delete(_store.Folder.FileOf(rowOnly));
        var owner = ContentOwner.Open(_store.Folder);
        _store.Run($"UPDATE content SET state = 'marked', owner = '{owner.Name}'");

        Assert.Equal(0, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.Contains(both, _store.Files);

        owner.Dispose();
        Assert.Equal(2, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.Empty(_store.Files);
        Assert.Equal(0, _store.Count("content"));
        Assert.Equal(0, _store.Count("content_digest"));
    }

    [Fact]
    public async Task A_file_whose_row_a_power_loss_took_is_removed_and_other_blobs_are_left_alone()
    {
        var id = await _store.StoreAsync(MiB.Size, 0, [1]);
        _store.Run("DELETE FROM content");
        var other = Path.Combine(_store.Folder.Path, "object-1");
        File.WriteAllText(other, "an OSS object");

        Assert.Equal(1, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.False(File.Exists(_store.Folder.FileOf(id)));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task A_writer_given_up_removes_what_it_wrote_and_a_published_one_does_not()
    {
        await using (var abandoned = _store.Begin(MiB.Size)) await abandoned.WriteAsync(0, new byte[] { 1 }, CancellationToken.None);
        Assert.Empty(_store.Files);
        Assert.Equal(0, _store.Count("content"));

        await using (var rolledBack = _store.Begin(MiB.Size))
        {
            await rolledBack.CompleteAsync(CancellationToken.None);
            using var transaction = _store.Db.BeginTransaction();
            rolledBack.Publish(transaction);
        }
        Assert.Empty(_store.Files);

        var id = await _store.StoreAsync(MiB.Size, 0, [1]);
        using var reader = _store.Open(id);
        Assert.Equal(MiB.Size, reader.Length);
    }

    [Fact]
    public async Task Only_what_no_row_refers_to_is_collected()
    {
        var disk = await _store.StoreAsync(MiB.Size, 0, [1], "disk-1");
        var snapshot = await _store.StoreAsync(MiB.Size, 0, [2]);
        _store.Run($"""
            INSERT INTO snapshot (id, account, region, size_gib, created_at, started_at, duration_ms, content_id)
            VALUES ('s-1', '1234567890123456', 'cn-hangzhou', 40, 0, 0, 0, '{snapshot}')
            """);
        var unused = await _store.StoreAsync(MiB.Size, 0, [3]);
        await using var writing = _store.Begin(MiB.Size);

        Assert.Equal(1, _store.Collector.Collect(_store.Db, CancellationToken.None));
        Assert.Equal(new[] { disk, snapshot, writing.Id }.Order(), _store.Files.Order());
        Assert.Throws<ContentDamagedException>(() => _store.Open(unused));

        _store.Run("DELETE FROM disk");
        Assert.Equal(1, _store.Collector.Collect(_store.Db, CancellationToken.None));
        Assert.Equal(new[] { snapshot, writing.Id }.Order(), _store.Files.Order());
    }

    [Fact]
    public async Task A_reader_goes_on_reading_what_is_collected_meanwhile()
    {
        var id = await _store.StoreAsync(2 * MiB.Size, MiB.Size, [7]);
        using var reader = _store.Open(id);
        Assert.Equal(1, _store.Collector.Collect(_store.Db, CancellationToken.None));
        var one = new byte[1];
        await reader.ReadAsync(MiB.Size, one, CancellationToken.None);
        Assert.Equal(7, one[0]);
    }

    [Fact]
    public void A_lock_is_free_once_its_owner_is_gone_and_no_lock_file_stays()
    {
        var owner = ContentOwner.Open(_store.Folder);
        Assert.False(ContentOwner.IsFree(_store.Folder, owner.Name));
        owner.Dispose();
        Assert.True(ContentOwner.IsFree(_store.Folder, owner.Name));

        // What kill -9 leaves: a file that nobody holds.
        File.WriteAllText(_store.Folder.LockFile(ContentFolder.NewLockName()), "");
        _store.Collector.Sweep(_store.Db, CancellationToken.None);
        Assert.Equal([_store.Owner.Name], _store.Folder.ListOwners());
    }

    [Fact]
    public void A_reference_that_is_not_a_plain_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ContentReference("disk; DROP TABLE disk", "content_id"));
}
