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
