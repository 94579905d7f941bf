using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Packages;

namespace EcsImages.Core.Tests.Disks;

public sealed class DiskPackageTests
{
    private static readonly byte[] Disk = [.. DiskPattern.Make(700_000, seed: 5), .. new byte[200_000], 1];

    [Fact]
    public async Task A_disk_comes_out_of_gzip_as_it_went_in()
    {
        var (name, kind, bytes) = await UnpackAsync(TestPackage.Gzip(Disk));
        Assert.Equal((null, PackageKind.Gzip), (name, kind));
        Assert.Equal(Disk, bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_comes_out_of_an_archive_whatever_lies_beside_it(bool isPacked)
    {
        var tar = TestPackage.Tar(("box.ovf", "<Envelope/>"u8.ToArray()), ("._disk.raw", [1]), ("disk.raw", Disk), ("box.mf", [2]));
        var (name, kind, bytes) = await UnpackAsync(isPacked ? TestPackage.Gzip(tar) : tar);
        Assert.Equal(("disk.raw", isPacked ? PackageKind.TarGzip : PackageKind.Tar), (name, kind));
        Assert.Equal(Disk, bytes);
    }

    [Fact]
    public async Task Two_disks_in_an_archive_are_named_and_refused() =>
        Assert.Contains("'a.raw' and 'b.raw'", (await RefusedAsync(TestPackage.Tar(("a.raw", [1]), ("b.raw", [2])))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_archive_without_a_disk_is_refused() =>
        Assert.Contains("without a disk", (await RefusedAsync(TestPackage.Tar(("readme.txt", [1])))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_disk_that_was_packed_without_its_holes_is_refused_and_not_read_as_another(bool isPosix)
    {
        var tar = isPosix ? TestPackage.PosixSparseTar("disk.raw", Disk[..4096]) : TestPackage.GnuSparseTar("disk.raw", Disk[..4096]);
        foreach (var package in (byte[][])[tar, TestPackage.Gzip(tar)])
            Assert.Contains("without -S", (await RefusedAsync(package)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_grows_beyond_its_limit_is_refused_before_it_fills_the_disk() =>
        Assert.Contains("larger than the 1000000 bytes", (await RefusedAsync(TestPackage.Gzip(new byte[30_000_000]), most: 1_000_000)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_package_that_was_cut_off_is_refused_wherever_that_was()
    {
        foreach (var whole in (byte[][])[TestPackage.Gzip(Disk), TestPackage.Tar(("disk.raw", Disk)), TestPackage.Gzip(TestPackage.Tar(("disk.raw", Disk)))])
            foreach (var length in (int[])[600, whole.Length / 3, whole.Length / 2, Math.Min(whole.Length - 10, 800_000)])
                await RefusedAsync(whole[..length]);
    }

    private static async Task<DiskFormatException> RefusedAsync(byte[] package, long most = 1 << 30) =>
        await Assert.ThrowsAsync<DiskFormatException>(() => UnpackAsync(package, most));

    private static async Task<(string? Name, PackageKind Kind, byte[] Bytes)> UnpackAsync(byte[] package, long most = 1 << 30)
    {
        var (source, sink) = (new MemorySource(package), new MemorySink());
        var kind = await DiskPackage.DetectAsync(source, CancellationToken.None);
        var name = await DiskPackage.UnpackAsync(source, kind, sink, most, null, CancellationToken.None);
        return (name, kind, sink.ToArray());
    }
}
