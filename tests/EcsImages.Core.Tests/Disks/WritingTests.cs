using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

/// <summary>What is written is, to QEMU, the same disk, and a sound file.</summary>
public sealed class WritingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [QemuTheory]
    [InlineData("raw")]
    [InlineData("qcow2")]
    [InlineData("qcow2 packed")]
    [InlineData("vpc fixed")]
    [InlineData("vpc")]
    [InlineData("vhdx")]
    [InlineData("vmdk")]
    public async Task What_is_written_is_the_same_disk_to_qemu(string kind)
    {
        foreach (var size in (long[])[512, 3 * 512, 1 << 20, (7 << 20) + 512 * 5, 40 << 20])
        {
            var (raw, file) = (Path.Combine(_folder, $"{size}.raw"), Path.Combine(_folder, $"{size}.out"));
            await File.WriteAllBytesAsync(raw, DiskPattern.Make(size, seed: 7));
            await using (var from = new RawDisk(FileSource.Open(raw)))
                await DiskWriting.CopyAsync(from, kind, file, size);
            DiskWriting.Judge(raw, kind, file);
        }
    }

    [QemuTheory]
    [InlineData("qcow2")]
    [InlineData("qcow2 packed")]
    [InlineData("vpc")]
    [InlineData("vhdx")]
    [InlineData("vmdk")]
    public async Task Holes_cost_little(string kind)
    {
        // VHD ends at 2040 GiB; QEMU reads every byte of a VHDX, holes too, and takes its time for each table of a VMDK.
        var size = kind switch { "vpc" => 2040L << 30, "vhdx" => (2L << 30) + (1 << 20), "vmdk" => 100L << 30, _ => 2L << 40 };
        var (raw, file) = (Path.Combine(_folder, "large.raw"), Path.Combine(_folder, "large.out"));
        var marks = (long[])[0, (2L << 30) - 512, 2L << 30, size / 3 * 2 / 512 * 512, size - 512];
        using (var made = File.OpenHandle(raw, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(made, size);
            foreach (var at in marks) RandomAccess.Write(made, DiskPattern.Make(512, seed: (int)(at >> 9)), at);
        }
        await using (var from = new RawDisk(FileSource.Open(raw)))
            await DiskWriting.CopyAsync(from, kind, file, size);
        Assert.InRange(new FileInfo(file).Length, 1, 64 << 20);
        DiskWriting.Judge(raw, kind, file);
    }
}
