using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

/// <summary>A QCOW2 file that lies nowhere is, where it is read into a file, the same disk and a sound file to QEMU.</summary>
public sealed class Qcow2ViewTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [QemuTheory]
    [InlineData("raw", "")]
    [InlineData("qcow2", "")]
    [InlineData("qcow2", "cluster_size=512")]
    [InlineData("qcow2", "extended_l2=on,cluster_size=128k")]
    [InlineData("qcow2 -c", "")]
    [InlineData("vpc", "force_size=on")]
    [InlineData("vpc", "subformat=fixed,force_size=on")]
    [InlineData("vhdx", "")]
    [InlineData("vmdk", "")]
    [InlineData("vmdk", "subformat=streamOptimized")]
    [InlineData("vmdk", "subformat=twoGbMaxExtentSparse")]
    [InlineData("vdi", "")]
    public async Task A_disk_of_any_format_is_viewed_as_a_sound_qcow2_file(string kind, string options)
    {
        foreach (var size in (long[])[512, 65536 + 512, (7 << 20) + 512 * 5])
        {
            var (raw, file) = (In("disk.raw"), In("disk." + kind.Split(' ')[0]));
            await File.WriteAllBytesAsync(raw, DiskPattern.Make(size, seed: 11));
            if (kind != "raw") QemuImg.Run(["convert", "-f", "raw", "-O", .. kind.Split(' '), .. options.Length > 0 ? (string[])["-o", options] : [], raw, file]);
            await using var disk = await OpenAsync(file);
            foreach (var findsZeros in (bool[])[false, true])
            {
                await using var view = await Qcow2View.OpenAsync(disk, findsZeros, null, CancellationToken.None);
                Assert.Equal(file, view.Name);
                await JudgeAsync(view, raw);
                await AssertRandomReadsAsync(view);
            }
        }
    }

    [QemuTheory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(700L << 20, false)]
    [InlineData(700L << 20, true)]
    public async Task A_disk_without_content_is_a_few_clusters(long size, bool findsZeros)
    {
        var raw = In("empty.raw");
        using (var made = File.OpenHandle(raw, FileMode.CreateNew, FileAccess.Write)) RandomAccess.SetLength(made, size);
        await using var disk = await OpenAsync(raw);
        await using var view = await Qcow2View.OpenAsync(disk, findsZeros, null, CancellationToken.None);
        Assert.Equal(4 * 65536, view.Length);
        await JudgeAsync(view, raw);
    }

    [QemuTheory]
    [InlineData(2L << 40)]
    [InlineData((2L << 40) - 512)]
    public async Task Two_tebibytes_take_no_more_than_what_they_hold(long size)
    {
        var raw = In("large.raw");
        var marks = (long[])[0, (2L << 30) - 512, 2L << 30, size / 3 * 2 / 512 * 512, size - 512];
        using (var made = File.OpenHandle(raw, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(made, size);
            foreach (var at in marks) RandomAccess.Write(made, DiskPattern.Make(512, seed: (int)(at >> 9)), at);
        }
        await using var disk = await OpenAsync(raw);
        await using var view = await Qcow2View.OpenAsync(disk, findsZeros: true, null, CancellationToken.None);
        Assert.InRange(view.Length, 1, 2 << 20);
        await JudgeAsync(view, raw);
    }

    /// <summary>So many clusters that the blocks of reference counts begin and end within each other.</summary>
    [QemuTheory]
    [InlineData(32768 - 3)]
    [InlineData(32768)]
    [InlineData(5 * 32768 + 1)]
    public async Task A_full_disk_has_a_count_for_each_cluster(long clusters)
    {
        // Nothing of this disk is a hole, and yet it takes no room.
        await using var disk = new RawDisk(new StatedSource(clusters * 65536));
        await using var view = await Qcow2View.OpenAsync(disk, findsZeros: false, null, CancellationToken.None);
        Assert.InRange(view.Length, clusters * 65536, (clusters + clusters / 1000 + 20) * 65536);
        var file = In("view.qcow2");
        // The tables are enough for a check; the clusters behind them are a hole.
        using (var made = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(made, view.Length);
            var tables = new byte[view.Length - clusters * 65536];
            await view.ReadExactlyAsync(0, tables, CancellationToken.None);
            RandomAccess.Write(made, tables, 0);
        }
        QemuImg.Run("check", "-f", "qcow2", file);
    }

    [Fact]
    public async Task Progress_goes_on_to_the_end_of_the_disk()
    {
        await using var disk = new RawDisk(new MemorySource(DiskPattern.Make(5 << 20, seed: 2)));
        foreach (var findsZeros in (bool[])[false, true])
        {
            var told = new List<long>();
            await Qcow2View.OpenAsync(disk, findsZeros, new Told(told), CancellationToken.None);
            Assert.Equal(told.Order(), told);
            Assert.Equal(disk.Length, told[^1]);
        }
    }

    private static async Task<IDisk> OpenAsync(string file) => await new DiskOpening
    {
        Sibling = (_, n) => FileSource.Open(Path.Combine(Path.GetDirectoryName(file)!, n)),
    }.OpenAsync(FileSource.Open(file), CancellationToken.None);

    private async Task JudgeAsync(Qcow2View view, string raw)
    {
        var file = In("view.qcow2");
        File.Delete(file);
        await using (var sink = FileSink.Create(file))
        {
            var piece = new byte[1_000_003];
            for (long at = 0; at < view.Length;)
            {
                var count = await view.ReadAsync(at, piece, CancellationToken.None);
                await sink.WriteAsync(at, piece.AsMemory(0, count), CancellationToken.None);
                at += count;
            }
        }
        await using (var written = await OpenAsync(file)) Assert.Equal((DiskFormat.Qcow2, new FileInfo(raw).Length), (written.Format, written.Length));
        QemuImg.Run("check", "-f", "qcow2", file);
        QemuImg.Run("compare", "-f", "raw", "-F", "qcow2", raw, file);
    }

    private static async Task AssertRandomReadsAsync(Qcow2View view)
    {
        var whole = new byte[view.Length];
        await view.ReadExactlyAsync(0, whole, CancellationToken.None);
        await Parallel.ForAsync(0, 60, async (n, stop) =>
        {
            var random = new Random(n);
            var at = random.Next(whole.Length);
            var bytes = new byte[random.Next(1, Math.Min(300_000, whole.Length - at) + 1)];
            await view.ReadExactlyAsync(at, bytes, stop);
            Assert.True(whole.AsSpan(at, bytes.Length).SequenceEqual(bytes), $"{bytes.Length} bytes from {at} differ.");
        });
    }

    private string In(string name) => Path.Combine(_folder, name);

    /// <summary>Zeros that it says are stored.</summary>
    private sealed class StatedSource(long length) : IByteSource
    {
        public string Name => "disk";

        public long Length => length;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
        {
            buffer.Span.Clear();
            return new(buffer.Length);
        }

        public DiskRange RangeAt(long offset) => new(offset, length - offset, IsZero: false);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Told(List<long> done) : IProgress<DiskCopyProgress>
    {
        public void Report(DiskCopyProgress value) => done.Add(value.Done);
    }
}
