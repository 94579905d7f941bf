using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Files that QEMU wrote are read as the disks that they are.</summary>
public sealed class ReadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public static TheoryData<string, string> Kinds => new()
    {
        { "raw", "" },
        { "qcow2", "" },
        { "qcow2", "compat=0.10" },
        { "qcow2", "cluster_size=512" },
        { "qcow2", "cluster_size=2M" },
        { "qcow2", "preallocation=metadata" },
        { "qcow2", "extended_l2=on" },
        { "qcow2 -c", "" },
        { "qcow2 -c", "cluster_size=4k" },
        { "qcow2 -c", "cluster_size=2M" },
        { "vpc", "force_size=on" },
        { "vpc", "subformat=fixed,force_size=on" },
        { "vhdx", "" },
        { "vhdx", "subformat=fixed" },
        { "vhdx", "block_size=1M" },
        { "vmdk", "" },
        { "vmdk", "subformat=monolithicFlat" },
        { "vmdk", "subformat=twoGbMaxExtentSparse" },
        { "vmdk", "subformat=twoGbMaxExtentFlat" },
        { "vmdk", "subformat=streamOptimized" },
        { "vdi", "" },
        { "vdi", "static=on" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [QemuTheory]
    [MemberData(nameof(Kinds))]
    public async Task What_qemu_wrote_is_read_byte_for_byte(string kind, string options)
    {
        foreach (var size in (long[])[512, 3 * 512, 1 << 20, (7 << 20) + 512 * 5])
        {
            var expected = DiskPattern.Make(size, seed: 20261124);
            var (raw, file) = (Path.Combine(_folder, "disk.raw"), Path.Combine(_folder, "disk." + kind.Split(' ')[0]));
            await File.WriteAllBytesAsync(raw, expected);
            if (kind == "raw") file = raw;
            else QemuImg.Run(["convert", "-f", "raw", "-O", .. kind.Split(' '), .. options.Length > 0 ? (string[])["-o", options] : [], raw, file]);
            await using var disk = await new DiskOpening { Sibling = (_, n) => FileSource.Open(Path.Combine(_folder, n)) }.OpenAsync(FileSource.Open(file), CancellationToken.None);
            Assert.Equal(kind.Split(' ')[0] switch { "vpc" => DiskFormat.Vhd, var other => Enum.Parse<DiskFormat>(other, ignoreCase: true) }, disk.Format);
            Assert.Equal(size, disk.Length);
            var read = new byte[size];
            await disk.ReadAsync(0, read, CancellationToken.None);
            Assert.True(expected.AsSpan().SequenceEqual(read), $"{kind} {options} of {size} bytes differs from byte {expected.AsSpan().CommonPrefixLength(read)}.");
            await AssertMapAsync(disk, expected);
            await AssertRandomReadsAsync(disk, expected);
        }
    }

    private static async Task AssertMapAsync(IDisk disk, byte[] expected)
    {
        for (long at = 0; at < disk.Length;)
        {
            var range = await disk.RangeAtAsync(at, CancellationToken.None);
            Assert.Equal(at, range.Start);
            Assert.InRange(range.Length, 1, disk.Length - at);
            if (range.IsZero) Assert.False(expected.AsSpan((int)at, (int)range.Length).ContainsAnyExcept((byte)0), $"The bytes from {at} are said to be zeros.");
            at = range.End;
        }
    }

    private static async Task AssertRandomReadsAsync(IDisk disk, byte[] expected)
    {
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            var at = random.Next(expected.Length);
            var bytes = new byte[random.Next(1, Math.Min(100_000, expected.Length - at) + 1)];
            await disk.ReadAsync(at, bytes, CancellationToken.None);
            Assert.True(expected.AsSpan(at, bytes.Length).SequenceEqual(bytes), $"{bytes.Length} bytes from {at} differ.");
        }
    }
}
