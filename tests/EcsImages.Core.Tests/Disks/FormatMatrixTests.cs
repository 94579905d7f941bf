using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

/// <summary>A disk that QEMU stored in any format is read, and stored in each of ours, and is the same to QEMU.</summary>
/// <remarks>With ECS_DISK_MATRIX=1 for all options and sizes, which takes half an hour; without it for one of each.</remarks>
public sealed class FormatMatrixTests : IDisposable
{
    private const long Odd = 65537 * 512L, GiB = 1L << 30;
    private static readonly long[] Sizes = [512, Odd, GiB + 512, 2 * GiB - 512, 2 * GiB, 2 * GiB + 512, 2040 * GiB, 2048 * GiB];

    // The most that a kind is made with: some fill the disk, and some QEMU itself reads byte by byte.
    private static readonly (string Kind, string Options, long Most)[] Kinds =
    [
        ("raw", "", 2048 * GiB),
        ("raw", "preallocation=falloc", Odd),
        ("raw", "preallocation=full", Odd),
        ("qcow2", "", 2048 * GiB),
        ("qcow2", "compat=0.10", 2048 * GiB),
        ("qcow2", "cluster_size=512", 2 * GiB + 512),
        ("qcow2", "cluster_size=4k", 2 * GiB + 512),
        ("qcow2", "cluster_size=2M", 2048 * GiB),
        ("qcow2", "preallocation=metadata", 2 * GiB + 512),
        ("qcow2", "preallocation=falloc", Odd),
        ("qcow2", "preallocation=full", Odd),
        ("qcow2", "lazy_refcounts=on", 2048 * GiB),
        ("qcow2", "refcount_bits=1", 2048 * GiB),
        ("qcow2", "refcount_bits=64", 2048 * GiB),
        ("qcow2", "extended_l2=on,cluster_size=64k", 2048 * GiB),
        ("qcow2", "extended_l2=on,cluster_size=16k,preallocation=metadata", 2 * GiB + 512),
        ("qcow2 -c", "", 2048 * GiB),
        ("qcow2 -c", "cluster_size=512", Odd),
        ("qcow2 -c", "cluster_size=4k", GiB + 512),
        ("qcow2 -c", "cluster_size=2M", 2048 * GiB),
        ("qcow2 -c", "extended_l2=on,cluster_size=128k", 2048 * GiB),
        ("vpc", "force_size=on", 2040 * GiB),
        ("vpc", "force_size=off", Odd),
        ("vpc", "subformat=fixed,force_size=on", 2040 * GiB),
        ("vhdx", "", 2 * GiB + 512),
        ("vhdx", "subformat=fixed", 2 * GiB + 512),
        ("vhdx", "block_size=1M", 2 * GiB + 512),
        ("vhdx", "block_size=256M", 2 * GiB + 512),
        ("vmdk", "", 2048 * GiB),
        ("vmdk", "zeroed_grain=on", 2 * GiB + 512),
        ("vmdk", "compat6=on", 2 * GiB + 512),
        ("vmdk", "subformat=monolithicFlat", 2 * GiB + 512),
        ("vmdk", "subformat=twoGbMaxExtentSparse", 2048 * GiB),
        ("vmdk", "subformat=twoGbMaxExtentFlat", 2 * GiB + 512),
        ("vmdk", "subformat=streamOptimized", 2040 * GiB),
        ("vdi", "", 2040 * GiB),
        ("vdi", "static=on", Odd),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public static TheoryData<string, string, long> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, long>();
            if (Environment.GetEnvironmentVariable("ECS_DISK_MATRIX") is { Length: > 0 })
                foreach (var (kind, options, most) in Kinds)
                    foreach (var size in Sizes.Where(s => s <= most)) cases.Add(kind, options, size);
            else
                foreach (var (kind, options, _) in Kinds.DistinctBy(static k => k.Kind)) cases.Add(kind, options, Odd);
            return cases;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [QemuTheory]
    [MemberData(nameof(Cases))]
    public async Task What_qemu_stored_is_the_same_disk_in_each_of_our_formats(string kind, string options, long size)
    {
        var (raw, file) = (In("disk.raw"), In("disk." + kind.Split(' ')[0]));
        Make(raw, size);
        if (kind != "raw" || options.Length > 0) QemuImg.Run(["convert", "-f", "raw", "-O", .. kind.Split(' '), .. options.Length > 0 ? (string[])["-o", options] : [], raw, file = In("made." + kind.Split(' ')[0])]);
        await using var disk = await OpenAsync(file);
        if (options == "force_size=off") Assert.InRange(disk.Length, size, size + (1 << 20));
        else Assert.Equal(size, disk.Length);
        await using (var expected = new RawDisk(FileSource.Open(raw))) await AssertSameAsync(expected, disk);

        foreach (var target in DiskWriting.Kinds)
        {
            if (target.StartsWith("vpc", StringComparison.Ordinal) && disk.Length > 2040 * GiB) continue;
            // QEMU reads every byte of a VHDX, holes too, and takes minutes for the tables of a large VMDK: once is enough.
            if (target == "vhdx" && disk.Length > 4 * GiB || target == "vmdk" && disk.Length > (kind == "raw" ? 2047 : 4) * GiB) continue;
            var written = In("written");
            await DiskWriting.CopyAsync(disk, target, written, disk.Length);
            DiskWriting.Judge(raw, target, written);
            await using (var read = await OpenAsync(written)) await AssertSameAsync(disk, read);
            File.Delete(written);
        }
    }

    // Where tables, their blocks and 31 bits of bytes end, and at the end; nearly all of it a hole.
    private static void Make(string raw, long size)
    {
        using var file = File.OpenHandle(raw, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(file, size);
        foreach (var at in (long[])[0, 1 << 21, 5_000_192, (32 << 20) - 1024, (1 << 29) - 4096, GiB - 512, 2 * GiB - 1024, size / 3 * 2 / 512 * 512, size - 512])
        {
            if (at < 0 || at >= size) continue;
            var bytes = DiskPattern.Make(Math.Min(size - at, 200_000), seed: (int)(at >> 9));
            RandomAccess.Write(file, bytes, at);
        }
    }

    private static async Task AssertSameAsync(IDisk one, IDisk other)
    {
        var differences = await DiskComparison.RunAsync(one, other, mostRanges: 1, null, CancellationToken.None);
        if (differences.Ranges is [var first, ..]) Assert.Fail($"It differs from byte {first.Start}.");
    }

    private async ValueTask<IDisk> OpenAsync(string file) => await new DiskOpening { Sibling = (_, n) => FileSource.Open(In(n)) }.OpenAsync(FileSource.Open(file), CancellationToken.None);

    private string In(string name) => Path.Combine(_folder, name);
}
