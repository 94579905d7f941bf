using EcsImages.Core.Disks;
using EcsImages.Core.Files;
using EcsImages.Core.Tests.Disks;
using EcsImages.Local.Zstd;

namespace EcsImages.Local.Tests.Zstd;

public sealed class ZstdUnpackerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-zstd-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [QemuTheory]
    [InlineData("64k")]
    [InlineData("4k")]
    [InlineData("2M")]
    public async Task Clusters_that_qemu_packed_with_zstd_are_read(string clusterSize)
    {
        var expected = DiskPattern.Make((7 << 20) + 512 * 5, seed: 11);
        var (raw, file) = (Path.Combine(_folder, "raw"), Path.Combine(_folder, "qcow2"));
        await File.WriteAllBytesAsync(raw, expected);
        QemuImg.Run("convert", "-f", "raw", "-O", "qcow2", "-c", "-o", $"compression_type=zstd,cluster_size={clusterSize}", raw, file);
        await using var disk = await new DiskOpening { Zstd = new ZstdUnpacker() }.OpenAsync(FileSource.Open(file), CancellationToken.None);
        var read = new byte[expected.Length];
        await disk.ReadAsync(0, read, CancellationToken.None);
        Assert.True(expected.AsSpan().SequenceEqual(read), $"It differs from byte {expected.AsSpan().CommonPrefixLength(read)}.");
        var refused = await Assert.ThrowsAsync<DiskFormatException>(() => new DiskOpening().OpenAsync(FileSource.Open(file), CancellationToken.None).AsTask());
        Assert.Contains("Zstandard", refused.Message, StringComparison.Ordinal);
    }

    [QemuTheory]
    [InlineData("4k")]
    [InlineData("64k")]
    [InlineData("2M")]
    public void Clusters_are_read_or_refused_however_they_are_broken(string clusterSize)
    {
        var (raw, file) = (Path.Combine(_folder, "raw"), Path.Combine(_folder, "qcow2"));
        File.WriteAllBytes(raw, DiskPattern.Make(3 << 20, seed: 7));
        QemuImg.Run("convert", "-f", "raw", "-O", "qcow2", "-c", "-o", $"compression_type=zstd,cluster_size={clusterSize}", raw, file);
        DiskFuzz.Run($"zstd {clusterSize}", [File.ReadAllBytes(file)], async (files, random, stop) =>
        {
            await using var disk = await new DiskOpening { Zstd = new ZstdUnpacker() }.OpenAsync(files[0], stop);
            await DiskFuzz.ReadAsync(disk, random, stop);
        });
    }

    [Fact]
    public void A_frame_that_wants_much_memory_is_refused()
    {
        // A window of 2^27 bytes, and a block that repeats one byte.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 17 << 3, 0x03, 0x80, 0x00, 0x41];
        Assert.Throws<InvalidDataException>(() => new ZstdUnpacker().Unpack(frame, new byte[4096]));
        // The same with one of 2^23 bytes is a cluster like others.
        frame[5] = 13 << 3;
        var block = new byte[4096];
        new ZstdUnpacker().Unpack(frame, block);
        Assert.Equal(4096, block.Count(static b => b == 0x41));
    }

    [Fact]
    public void Bytes_that_are_no_frame_are_refused()
    {
        var random = new Random(20261124);
        for (var n = 0; n < 200; n++)
        {
            var packed = new byte[random.Next(4, 300)];
            random.NextBytes(packed);
            if (n % 2 == 0) ((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]).CopyTo(packed);
            Assert.Throws<InvalidDataException>(() => new ZstdUnpacker().Unpack(packed, new byte[4096]));
        }
    }
}
