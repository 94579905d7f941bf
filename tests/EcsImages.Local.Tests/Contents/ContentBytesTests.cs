using EcsImages.Local.Contents;
using Xunit.Abstractions;

namespace EcsImages.Local.Tests.Contents;

public sealed class ContentBytesTests(ITestOutputHelper output) : IDisposable
{
    private readonly ContentFixture _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task What_was_written_anywhere_in_any_order_reads_back_and_all_else_is_zeros()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var length = random.Next(1, 9 * MiB.Size);
            var model = new byte[length + 3 * MiB.Size];        // beyond the length: zeros
            string id;
            await using (var writer = _store.Begin(length))
            {
                for (var write = random.Next(1, 25); write > 0; write--)
                {
                    var (offset, bytes) = Range(random, length);
                    bytes.CopyTo(model, offset);
                    await writer.WriteAsync(offset, bytes, CancellationToken.None);
                }
                id = await _store.PublishAsync(writer, $"disk-{round}");
            }
            await CheckAsync(id, model, length, random, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public async Task A_hole_of_a_tebibyte_takes_no_space_and_is_never_read()
    {
        var id = await _store.StoreAsync(1L << 40, (1L << 40) - 5, [1, 2, 3, 4, 5]);
        using var reader = _store.Open(id);

        Assert.Equal([new ContentExtent((1L << 40) - MiB.Size, MiB.Size)], reader.Map(0, long.MaxValue));
        Assert.Equal(MiB.Size, reader.Allocated);
        Assert.Empty(reader.Map(0, 1L << 39));
        var end = new byte[8];
        await reader.ReadAsync((1L << 40) - 6, end, CancellationToken.None);
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 0], end);
        if (OperatingSystem.IsLinux()) Assert.InRange(Tool.AllocatedBytes(_store.Folder.FileOf(id)), 1, 64 * 1024);
    }

    [Fact]
    public async Task A_MiB_overwritten_with_zeros_is_not_stored()
    {
        await using var writer = _store.Begin(3 * MiB.Size);
        var ones = Enumerable.Repeat((byte)1, 3 * MiB.Size).ToArray();
        await writer.WriteAsync(0, ones, CancellationToken.None);
        await writer.WriteAsync(MiB.Size, new byte[MiB.Size], CancellationToken.None);
        var id = await _store.PublishAsync(writer);

        using var reader = _store.Open(id);
        Assert.Equal([new(0, MiB.Size), new(2 * MiB.Size, MiB.Size)], reader.Map(0, reader.Length));
        Assert.Equal(2 * MiB.Size, reader.Allocated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_bit_is_found_whichever_way_its_MiB_is_read(bool wholeMiB)
    {
        var bytes = new byte[4 * MiB.Size];
        new Random(1).NextBytes(bytes);
        var id = await _store.StoreAsync(bytes.Length, 0, bytes);
        Flip(id, 2 * MiB.Size + 77);

        using var reader = _store.Open(id);
        var buffer = new byte[wholeMiB ? MiB.Size : 10];
        await reader.ReadAsync(MiB.Size, buffer, CancellationToken.None);
        var damage = await Assert.ThrowsAsync<ContentDamagedException>(
            async () => await reader.ReadAsync(2 * MiB.Size, buffer, CancellationToken.None));

        Assert.Equal(id, damage.ContentId);
        Assert.Equal(2, damage.DamagedMiB);
        Assert.Contains("MiB 2", damage.Message, StringComparison.Ordinal);
        await reader.ReadAsync(3 * MiB.Size, buffer, CancellationToken.None);
        Assert.True(bytes.AsSpan(3 * MiB.Size, buffer.Length).SequenceEqual(buffer));
    }

    [Fact]
    public async Task A_file_that_was_cut_or_is_gone_is_damage_and_says_so()
    {
        var id = await _store.StoreAsync(MiB.Size, 0, [1]);
        using (var file = File.OpenHandle(_store.Folder.FileOf(id), FileMode.Open, FileAccess.Write)) RandomAccess.SetLength(file, 100);
        Assert.Null(Assert.Throws<ContentDamagedException>(() => _store.Open(id)).DamagedMiB);
        File.Delete(_store.Folder.FileOf(id));
        Assert.Contains("not there", Assert.Throws<ContentDamagedException>(() => _store.Open(id)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_beyond_the_length_is_refused()
    {
        await using var writer = _store.Begin(10);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await writer.WriteAsync(8, new byte[3], CancellationToken.None));
    }

    private async Task CheckAsync(string id, byte[] model, int length, Random random, string what)
    {
        using var reader = _store.Open(id);
        var all = new byte[model.Length];
        await reader.ReadAsync(0, all, CancellationToken.None);
        Assert.True(model.AsSpan().SequenceEqual(all), what);
        for (var read = 0; read < 12; read++)
        {
            var start = random.Next(model.Length);
            var part = new byte[random.Next(model.Length - start + 1)];
            random.NextBytes(part);
            await reader.ReadAsync(start, part, CancellationToken.None);
            Assert.True(model.AsSpan(start, part.Length).SequenceEqual(part), $"{what}: {part.Length} bytes from {start}");
            CheckMap([.. reader.Map(start, part.Length)], model, start, Math.Min(length, start + part.Length), what);
        }
    }

    // Extents ascend and do not touch each other, and everything between them is zeros.
    private static void CheckMap(List<ContentExtent> extents, byte[] model, long start, long end, string what)
    {
        var at = start;
        foreach (var extent in extents)
        {
            Assert.True(extent.Start >= at && extent.Length > 0 && extent.Start + extent.Length <= end, what);
            Assert.True(extent.Start > at || at == start, what);
            Assert.False(model.AsSpan((int)at, (int)(extent.Start - at)).ContainsAnyExcept((byte)0), what);
            at = extent.Start + extent.Length;
        }
        if (end > at) Assert.False(model.AsSpan((int)at, (int)(end - at)).ContainsAnyExcept((byte)0), what);
    }

    private static (int Offset, byte[] Bytes) Range(Random random, int length)
    {
        var offset = random.Next(length);
        if (random.Next(3) == 0) offset = offset / MiB.Size * MiB.Size;
        var most = Math.Min(length - offset, random.Next(3) == 0 ? 3 * MiB.Size : 70_000);
        var bytes = new byte[random.Next(1, most + 1)];
        if (random.Next(4) > 0) random.NextBytes(bytes);        // else zeros over what is there
        return (offset, bytes);
    }

    private void Flip(string id, long offset)
    {
        using var file = new FileStream(_store.Folder.FileOf(id), FileMode.Open, FileAccess.ReadWrite);
        file.Position = offset;
        var value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)(value ^ 0x10));
    }
}
