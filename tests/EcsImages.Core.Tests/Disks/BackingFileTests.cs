using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

public sealed class BackingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [QemuTheory]
    [InlineData("raw", "")]
    [InlineData("qcow2", "")]
    [InlineData("qcow2", "extended_l2=on,cluster_size=64k")]
    [InlineData("vmdk", "")]
    public async Task Files_based_on_others_are_refused_and_read_as_one_where_that_is_asked_for(string format, string options)
    {
        var (size, larger) = (5 * 1024 * 1024, 8 * 1024 * 1024);
        var (raw, below, above) = (In("raw"), In("below"), In("above"));
        await File.WriteAllBytesAsync(raw, DiskPattern.Make(size, seed: 3));
        QemuImg.Run("convert", "-f", "raw", "-O", format, raw, below);
        QemuImg.Run(["create", "-f", "qcow2", .. options.Length > 0 ? (string[])["-o", options] : [], "-b", "below", "-F", format, above, $"{larger}"]);
        // Something of its own above: parts of the disk that were written since.
        QemuImg.Io(above, "write -P 0x5a 1M 300k", "write -z 3M 128k", "write -P 0x33 6M 10k");
        QemuImg.Run("convert", "-O", "raw", above, In("expected"));

        var refused = await Assert.ThrowsAsync<DiskFormatException>(() => new DiskOpening().OpenAsync(FileSource.Open(above), CancellationToken.None).AsTask());
        Assert.Contains("'below'", refused.Message, StringComparison.Ordinal);

        await using var disk = await new DiskOpening { Backing = (_, name) => FileSource.Open(In(name)) }.OpenAsync(FileSource.Open(above), CancellationToken.None);
        var (read, expected) = (new byte[larger], await File.ReadAllBytesAsync(In("expected")));
        await disk.ReadAsync(0, read, CancellationToken.None);
        Assert.True(expected.AsSpan().SequenceEqual(read), $"It differs from byte {expected.AsSpan().CommonPrefixLength(read)}.");
        for (long at = 0; at < larger;)
        {
            var range = await disk.RangeAtAsync(at, CancellationToken.None);
            if (range.IsZero) Assert.False(expected.AsSpan((int)at, (int)range.Length).ContainsAnyExcept((byte)0));
            at = range.End;
        }
    }

    [QemuTheory]
    [InlineData("qcow2")]
    public async Task A_file_that_is_based_on_itself_is_refused(string format)
    {
        QemuImg.Run("create", "-f", format, In("below"), "1M");
        QemuImg.Run("create", "-f", format, "-b", "below", "-F", format, In("above"), "1M");
        File.Copy(In("above"), In("below"), overwrite: true);
        var refused = await Assert.ThrowsAsync<DiskFormatException>(() =>
            new DiskOpening { Backing = (_, name) => FileSource.Open(In(name)) }.OpenAsync(FileSource.Open(In("above")), CancellationToken.None).AsTask());
        Assert.Contains("based on itself", refused.Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder, name);
}
