using System.IO.Compression;
using System.Text;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Packages;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vhdx;
using EcsImages.Core.Disks.Vmdk;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Files that are broken in ways nobody thought of: read, or refused in words; never a crash, a hang or a giant allocation.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private const int Size = 3 * 1024 * 1024 + 512;
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("qcow2")]
    [InlineData("qcow2 packed")]
    [InlineData("vpc fixed")]
    [InlineData("vpc")]
    [InlineData("vhdx")]
    [InlineData("vmdk")]
    public void A_file_that_we_wrote_is_read_or_refused_however_it_is_broken(string kind) => DiskFuzz.Run(kind, [Written(kind)], OpenAsync);

    [QemuTheory]
    [InlineData("qcow2", "cluster_size=512,compat=0.10")]
    [InlineData("qcow2", "extended_l2=on")]
    [InlineData("qcow2", "preallocation=metadata")]
    [InlineData("qcow2 -c", "cluster_size=512")]
    [InlineData("qcow2 -c", "cluster_size=2M")]
    [InlineData("vpc", "")]
    [InlineData("vhdx", "subformat=fixed")]
    [InlineData("vhdx", "block_size=1M")]
    [InlineData("vmdk", "")]
    [InlineData("vmdk", "subformat=streamOptimized")]
    [InlineData("vdi", "")]
    [InlineData("vdi", "static=on")]
    public void A_file_that_qemu_wrote_is_read_or_refused_however_it_is_broken(string kind, string options) =>
        DiskFuzz.Run($"{kind} {options}", [Made(kind, options)], OpenAsync);

    [QemuTheory]
    [InlineData("subformat=monolithicFlat")]
    [InlineData("subformat=twoGbMaxExtentSparse")]
    [InlineData("subformat=twoGbMaxExtentFlat")]
    public void A_descriptor_and_its_files_are_read_or_refused_whichever_is_broken(string options)
    {
        var descriptor = Made("vmdk", options);
        var extent = Path.GetFileName(Directory.EnumerateFiles(_folder, "file-*").Single());
        DiskFuzz.Run($"vmdk {options}", [descriptor, File.ReadAllBytes(In(extent)), descriptor], async (files, random, stop) =>
        {
            await using var disk = await new DiskOpening
            {
                Sibling = (_, name) => name == extent ? files[1] : throw new DiskFormatException("disk", $"there is no '{name}' here"),
            }.OpenAsync(files[0], stop);
            await DiskFuzz.ReadAsync(disk, random, stop);
        });
    }

    [QemuTheory]
    [InlineData("raw")]
    [InlineData("qcow2")]
    [InlineData("vmdk")]
    public void A_file_and_the_one_it_is_based_on_are_read_or_refused_whichever_is_broken(string below)
    {
        var bottom = below == "raw" ? DiskPattern.Make(Size, seed: 7) : Made(below, "");
        File.WriteAllBytes(In("below"), bottom);
        QemuImg.Run("create", "-f", "qcow2", "-b", "below", "-F", below, In("above"), "5M");
        QemuImg.Io(In("above"), "write -P 0x5a 1M 300k", "write -z 2M 128k", "write -P 0x33 4M 10k");
        DiskFuzz.Run($"qcow2 on {below}", [File.ReadAllBytes(In("above")), bottom], async (files, random, stop) =>
        {
            await using var disk = await new DiskOpening
            {
                // A name that damage made up leads to the file itself.
                Backing = (_, name) => files[name == "below" ? 1 : 0],
            }.OpenAsync(files[0], stop);
            await DiskFuzz.ReadAsync(disk, random, stop);
        });
    }

    [QemuTheory]
    [InlineData("qcow2")]
    public void Internal_snapshots_are_no_concern_however_they_are_broken(string kind)
    {
        Made(kind, "cluster_size=4k");
        QemuImg.Run("snapshot", "-c", "before", In("file"));
        QemuImg.Io(In("file"), "write -P 0x11 64k 1M");
        DiskFuzz.Run("qcow2 with a snapshot", [File.ReadAllBytes(In("file"))], OpenAsync);
    }

    [QemuTheory]
    [InlineData("vhdx")]
    public void A_log_that_was_not_carried_out_is_read_or_refused_however_it_is_broken(string kind)
    {
        VhdxLog.MakePending(In("file"));
        DiskFuzz.Run($"{kind} with a log", [File.ReadAllBytes(In("file"))], OpenAsync, isEverRead: false);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("tar")]
    [InlineData("tar.gz")]
    public void A_package_is_unpacked_or_refused_however_it_is_broken(string kind)
    {
        var disk = DiskPattern.Make(900_000, seed: 5);
        var tar = kind == "gzip" ? disk : TestPackage.Tar(("box.ovf", "<Envelope/>"u8.ToArray()), ("disk.raw", disk));
        DiskFuzz.Run(kind, [kind == "tar" ? tar : TestPackage.Gzip(tar)], async (files, _, stop) =>
        {
            var found = await DiskPackage.DetectAsync(files[0], stop);
            await using var sink = new MemorySink();
            if (found is not PackageKind.None) await DiskPackage.UnpackAsync(files[0], found, sink, 4 << 20, null, stop);
            else await OpenAsync(files, new Random(1), stop);
        });
    }

    [Fact]
    public void A_descriptor_is_read_or_refused_whatever_its_text()
    {
        var text = Encoding.ASCII.GetBytes("""
            # Disk DescriptorFile
            version=1
            CID=1234abcd
            parentCID=ffffffff
            createType="custom"
            RW 2048 FLAT "flat" 16
            RW 4096 ZERO
            RDONLY 2048 FLAT "flat" 0
            RW 2048 SPARSE "sparse"
            """);
        var (flat, sparse) = (DiskPattern.Make(1 << 21, seed: 1), Written("vmdk"));
        DiskFuzz.Run("descriptor", [text], async (files, random, stop) =>
        {
            await using var disk = await new DiskOpening { Sibling = (_, name) => new MemorySource(name == "sparse" ? sparse : flat) }.OpenAsync(files[0], stop);
            await DiskFuzz.ReadAsync(disk, random, stop);
        });
    }

    private static async Task OpenAsync(IReadOnlyList<MemorySource> files, Random random, CancellationToken stop)
    {
        await using var disk = await new DiskOpening { Sibling = static (_, n) => throw new DiskFormatException("disk", $"there is no '{n}' here") }.OpenAsync(files[0], stop);
        await DiskFuzz.ReadAsync(disk, random, stop);
    }

    private byte[] Made(string kind, string options)
    {
        File.WriteAllBytes(In("raw"), DiskPattern.Make(Size, seed: 7));
        QemuImg.Run(["convert", "-f", "raw", "-O", .. kind.Split(' '), .. options.Length > 0 ? (string[])["-o", options] : [], In("raw"), In("file")]);
        return File.ReadAllBytes(In("file"));
    }

    private static byte[] Written(string kind)
    {
        var sink = new MemorySink();
        IDiskWriter writer = kind switch
        {
            "qcow2" => new Qcow2Writer(sink, Size, null),
            "qcow2 packed" => new Qcow2Writer(sink, Size, CompressionLevel.Fastest),
            "vpc fixed" => new FixedVhdWriter(sink, Size, new VhdIdentity(Guid.Empty, DateTimeOffset.UnixEpoch)),
            "vpc" => new DynamicVhdWriter(sink, Size, new VhdIdentity(Guid.Empty, DateTimeOffset.UnixEpoch)),
            "vhdx" => new VhdxWriter(sink, Size, Guid.Empty),
            _ => new StreamVmdkWriter(sink, Size, 1, "disk.vmdk", CompressionLevel.Fastest),
        };
        DiskCopy.RunAsync(new RawDisk(new MemorySource(DiskPattern.Make(Size, seed: 7))), writer, null, CancellationToken.None).GetAwaiter().GetResult();
        return sink.ToArray();
    }

    private string In(string name) => Path.Combine(_folder, name);
}
