using System.Diagnostics;
using System.Globalization;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files;
using EcsImages.Core.Files.Checks;
using EcsImages.Core.Tests.Files;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>Disks whose content is broken in ways nobody thought of: what is left is told; never an exception, a crash, a hang or a giant allocation.</summary>
/// <remarks>ECS_FUZZ_CASES says how many for each disk, ECS_FUZZ_SEED which.</remarks>
public sealed class DamagedDiskTests : IDisposable
{
    private const long MostAllocated = 700L << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private static readonly int Cases = Number("ECS_FUZZ_CASES", 200), Seed = Number("ECS_FUZZ_SEED", 20261201);
    private readonly DiskWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("-b 1024 -O ^extent,^64bit")]
    [InlineData("-b 4096 -O inline_data -I 512")]
    public async Task Whatever_is_broken_on_a_disk_the_rest_is_told(string options)
    {
        const string Script = "label: dos\nstart=1MiB, size=2MiB, type=ef\nstart=3MiB, type=5\nstart=4MiB, size=8MiB, type=83\n";
        var files = SystemFiles.Ubuntu("LABEL=root / ext4 defaults 0 1\n/dev/vda1 /boot/efi vfat defaults 0 1\n");
        var esp = _workshop.Fat(2, 12, SystemFiles.Esp("ubuntu", "BOOTX64.EFI", 0x8664));
        var root = _workshop.Ext(8, files, options.Split(' '));
        var mbr = await File.ReadAllBytesAsync(_workshop.Disk(16, Script, (1, esp), (4, root)));
        var gpt = await File.ReadAllBytesAsync(_workshop.Disk(16, "label: gpt\nstart=1MiB, size=2MiB, type=U\nstart=4MiB, size=8MiB, type=L\n", (1, esp), (4, root)));
        var (whole, told) = (0, 0);
        for (var n = 0; n < Cases; n++)
        {
            var random = new Random(Seed ^ (n * 7919) ^ options.Length);
            var found = await InspectAsync(new MemorySource(Mutation.Of(n % 2 == 0 ? mbr : gpt, Interesting, random)), n);
            if (found.Platform == "Ubuntu" && found.Remarks.Count == 0) whole++;
            if (found.Remarks.Count > 0) told++;
        }
        Assert.True(whole > 0 && told > 0, $"{options}: {whole} unharmed, {told} with remarks");
    }

    [TheoryWithTools("mkfs.xfs")]
    [InlineData("-m crc=1")]
    [InlineData("-m crc=0 -b size=1024")]
    public async Task Whatever_is_broken_on_an_XFS_the_rest_is_told(string options)
    {
        var files = SystemFiles.Ubuntu();
        for (var i = 0; i < 100; i++) files[$"/usr/bin/program-{i}"] = [1];
        var volume = CompactSource.Of(_workshop.Xfs(files, options.Split(' ')));
        var (whole, told) = (0, 0);
        for (var n = 0; n < Cases; n++)
        {
            var broken = Mutation.Of(volume.Bytes, r => r.Next(4) == 0 ? r.Next(4096) : r.Next(volume.Bytes.Length), new Random(Seed ^ (n * 7919) ^ options.Length));
            var found = await InspectAsync(volume.With(broken), n);
            if (found.Platform == "Ubuntu" && found.Remarks.Count == 0) whole++;
            if (found.Remarks.Count > 0) told++;
        }
        Assert.True(whole > 0 && told > 0, $"{options}: {whole} unharmed, {told} with remarks");
    }

    // Where tables, superblocks, descriptors and the first inodes lie.
    private static int Interesting(Random random) => random.Next(6) switch
    {
        0 => random.Next(1536),
        1 => (1 << 20) + random.Next(20_000),
        2 => (3 << 20) + random.Next(512),
        3 => (4 << 20) + 1024 + random.Next(4096),
        4 => (4 << 20) + random.Next(400_000),
        _ => random.Next(16 << 20),
    };

    private static async Task<DiskInspection> InspectAsync(IByteSource broken, int n)
    {
        var (before, watch) = (GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        using var time = new CancellationTokenSource(MostTime);
        try
        {
            await using var disk = new RawDisk(broken);
            var found = await DiskInspector.RunAsync(disk, time.Token);
            Assert.NotEmpty(FileChecks.Judge(Candidate.Of(found)).Findings);
            var places = new DiskPlaces(found, broken.Length);
            places.Count(0, broken.Length);
            Assert.Equal(broken.Length, places.Counted().Sum(static p => p.DifferentBytes));
            Assert.True(watch.Elapsed < MostTime && GC.GetTotalAllocatedBytes() - before < MostAllocated,
                $"Case {n} of seed {Seed} took {watch.Elapsed} and {GC.GetTotalAllocatedBytes() - before} bytes.");
            return found;
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"Case {n} of seed {Seed}: {e}");
            throw;
        }
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
