using EcsImages.Local.Contents;

namespace EcsImages.Local.Tests.Contents;

public sealed class ComposedContentTests : IDisposable
{
    private readonly ContentFixture _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Ranges_of_others_and_bytes_read_as_one_with_zeros_in_between()
    {
        var (a, b) = (Bytes(3 * MiB.Size, 1), Bytes(100, 2));
        var expected = new byte[4 * MiB.Size];
        a.AsSpan(5, 2 * MiB.Size).CopyTo(expected.AsSpan(10));
        b.CopyTo(expected.AsSpan(3 * MiB.Size));
        var id = Create(new(10, 2 * MiB.Size, await _world.StoreAsync(a.Length, 0, a), 5, null), new(3 * MiB.Size, 100, null, 0, b));
        using var reader = _world.Open(id);
        Assert.Equal(3 * MiB.Size + 100, reader.Length);
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var offset = random.Next(expected.Length);
            var read = new byte[random.Next(expected.Length - offset)];
            await reader.ReadAsync(offset, read, CancellationToken.None);
            Assert.True(expected.AsSpan(offset, read.Length).SequenceEqual(read), $"{read.Length} bytes at {offset} differ.");
        }
        Assert.Equal([new(10, 2 * MiB.Size), new(3 * MiB.Size, 100)], reader.Map(0, long.MaxValue));
        Assert.Equal([new(MiB.Size, 50)], reader.Map(MiB.Size, 50));
        Assert.Empty(reader.Map(0, 10));
    }

    [Fact]
    public async Task Ranges_that_meet_are_one_extent_and_holes_in_them_stay_holes()
    {
        var first = await _world.StoreAsync(3 * MiB.Size, 2 * MiB.Size, Bytes(MiB.Size, 1));
        var second = await _world.StoreAsync(MiB.Size, 0, Bytes(MiB.Size, 2));
        using var reader = _world.Open(Create(new(0, 3 * MiB.Size, first, 0, null), new(3 * MiB.Size, MiB.Size, second, 0, null)));
        Assert.Equal([new(2 * MiB.Size, 2 * MiB.Size)], reader.Map(0, long.MaxValue));
    }

    [Fact]
    public async Task More_contents_than_are_open_at_a_time_are_read_to_the_end()
    {
        var parts = new List<ContentPart>();
        var expected = new List<byte>();
        for (var i = 0; i < 20; i++)
        {
            var bytes = Bytes(5000, i);
            parts.Add(new(expected.Count, bytes.Length, await _world.StoreAsync(bytes.Length, 0, bytes), 0, null));
            expected.AddRange(bytes);
        }
        using var reader = _world.Open(Create([.. parts]));
        for (var round = 0; round < 2; round++)
        {
            var read = new byte[expected.Count];
            await reader.ReadAsync(0, read, CancellationToken.None);
            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public async Task The_whole_of_one_content_is_that_content()
    {
        var id = await _world.StoreAsync(100, 0, Bytes(100, 1));
        Assert.Equal(id, Create(new ContentPart(0, 100, id, 0, null)));
        Assert.NotEqual(id, Create(new ContentPart(0, 99, id, 0, null)));
    }

    [Fact]
    public async Task A_content_made_of_composed_ones_refers_to_what_has_files()
    {
        var bytes = Bytes(1000, 1);
        var source = await _world.StoreAsync(1000, 0, bytes);
        var inner = Create(new(0, 500, source, 100, null), new(500, 10, null, 0, [.. Enumerable.Repeat((byte)9, 10)]));
        var outer = Create(new ContentPart(0, 100, inner, 405, null), new(100, 5, null, 0, [1, 2, 3, 4, 5]));
        Assert.Equal(0, _world.Count($"content_part WHERE source = '{inner}'"));
        using var reader = _world.Open(outer);
        var read = new byte[105];
        await reader.ReadAsync(0, read, CancellationToken.None);
        Assert.Equal([.. bytes[505..600], 9, 9, 9, 9, 9, 1, 2, 3, 4, 5], read);
    }

    [Fact]
    public async Task What_a_content_is_made_of_stays_with_it_and_goes_with_it()
    {
        var source = await _world.StoreAsync(5000, 0, Bytes(5000, 1));
        var id = Create(new ContentPart(0, 4000, source, 0, null));
        _world.Run($"INSERT INTO snapshot (id, account, region, size_gib, created_at, started_at, duration_ms, content_id) VALUES ('s-1', '1234567890123456', 'cn-hangzhou', 1, 0, 0, 0, '{id}')");
        Assert.Equal(0, _world.Collector.Collect(_world.Db, CancellationToken.None));
        Assert.Contains(source, _world.Files);
        _world.Run("DELETE FROM snapshot");
        Assert.Equal(2, _world.Collector.Collect(_world.Db, CancellationToken.None));
        Assert.Empty(_world.Files);
        Assert.Equal(0, _world.Count("content_part"));
    }

    [Fact]
    public async Task A_damaged_piece_is_told_and_not_handed_out()
    {
        var source = await _world.StoreAsync(5000, 0, Bytes(5000, 1));
        using var reader = _world.Open(Create(new ContentPart(0, 4000, source, 0, null)));
        File.Delete(_world.Folder.FileOf(source));
        await Assert.ThrowsAsync<ContentDamagedException>(async () => await reader.ReadAsync(0, new byte[10], CancellationToken.None));
    }

    private string Create(params ContentPart[] parts)
    {
        using var transaction = _world.Db.BeginTransaction();
        var id = ComposedContent.Create(transaction, parts, ContentFixture.Now);
        transaction.Commit();
        return id;
    }

    private static byte[] Bytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
