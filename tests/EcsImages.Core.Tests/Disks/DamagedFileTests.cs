using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vhdx;
using EcsImages.Core.Disks.Vmdk;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Files that are broken in ways nobody thought of: read, or refused in words; never a crash, a hang or a giant allocation.</summary>
/// <remarks>ECS_FUZZ_CASES says how many for each format, ECS_FUZZ_SEED which.</remarks>
public sealed class DamagedFileTests
{
    private const int Size = 3 * 1024 * 1024 + 512;
    private const long MostAllocated = 96L << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);
    private static readonly int Cases = Number("ECS_FUZZ_CASES", 150), Seed = Number("ECS_FUZZ_SEED", 20261124);

    [Theory]
    [InlineData("qcow2")]
    [InlineData("qcow2 packed")]
    [InlineData("vpc fixed")]
    [InlineData("vpc")]
    [InlineData("vhdx")]
    [InlineData("vmdk")]
    public Task A_file_that_we_wrote_is_read_or_refused_however_it_is_broken(string kind) => BreakAsync(kind, Written(kind));

    [QemuTheory]
    [InlineData("qcow2", "cluster_size=512,compat=0.10")]
    [InlineData("qcow2", "extended_l2=on")]
    [InlineData("vpc", "")]
    [InlineData("vhdx", "subformat=fixed")]
    [InlineData("vmdk", "")]
    [InlineData("vmdk", "subformat=streamOptimized")]
    [InlineData("vdi", "")]
    public async Task A_file_that_qemu_wrote_is_read_or_refused_however_it_is_broken(string kind, string options)
    {
        var folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;
        try
        {
            var (raw, file) = (Path.Combine(folder, "raw"), Path.Combine(folder, "file"));
            await File.WriteAllBytesAsync(raw, DiskPattern.Make(Size, seed: 7));
            QemuImg.Run(["convert", "-f", "raw", "-O", kind, .. options.Length > 0 ? (string[])["-o", options] : [], raw, file]);
            await BreakAsync($"{kind} {options}", await File.ReadAllBytesAsync(file));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task BreakAsync(string kind, byte[] whole)
    {
        var (read, refused) = (0, 0);
        for (var n = 0; n < Cases; n++)
        {
            var random = new Random(HashCode(kind) ^ Seed ^ (n * 7919));
            var broken = Break(whole, random);
            var before = GC.GetTotalAllocatedBytes();
            var watch = Stopwatch.StartNew();
            using var time = new CancellationTokenSource(MostTime);
            try
            {
                await ReadAsync(broken, random, time.Token);
                read++;
            }
            catch (DiskFormatException e)
            {
                Assert.NotEmpty(e.Message);
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"{kind}, case {n} of seed {Seed}: {e}");
            }
            Assert.True(watch.Elapsed < MostTime, $"{kind}, case {n} of seed {Seed} took {watch.Elapsed}.");
            Assert.True(GC.GetTotalAllocatedBytes() - before < MostAllocated + broken.Length, $"{kind}, case {n} of seed {Seed} allocated {GC.GetTotalAllocatedBytes() - before} bytes.");
        }
        // Both happen, or the damage is none, or all of it is seen at once.
        Assert.True(read > 0 && refused > 0, $"{kind}: {read} read, {refused} refused");
    }

    private static async Task ReadAsync(byte[] bytes, Random random, CancellationToken stop)
    {
        await using var disk = await new DiskOpening { Sibling = static n => throw new DiskFormatException("disk", $"there is no '{n}' here") }.OpenAsync(new MemorySource(bytes), stop);
        Assert.InRange(disk.Length, 0, 1L << 60);
        var buffer = new byte[64 * 1024];
        var ranges = 0;
        for (long at = 0; at < disk.Length && ranges < 2000; ranges++)
        {
            var range = await disk.RangeAtAsync(at, stop);
            Assert.Equal(at, range.Start);
            Assert.InRange(range.Length, 1, disk.Length - at);
            if (!range.IsZero && ranges < 40) await disk.ReadAsync(at, buffer.AsMemory(0, (int)Math.Min(buffer.Length, range.Length)), stop);
            at = range.End;
        }
        for (var i = 0; i < 4 && disk.Length > 0; i++)
        {
            var at = random.NextInt64(disk.Length);
            await disk.ReadAsync(at, buffer.AsMemory(0, (int)Math.Min(buffer.Length, disk.Length - at)), stop);
        }
    }

    // Most of what decides lies in the first and the last KiB; tables lie anywhere.
    private static byte[] Break(byte[] whole, Random random)
    {
        var broken = Mutation.Of(whole, Interesting, random);
        return random.Next(16) == 0 ? broken[..random.Next(512, broken.Length)] : broken;

        int Interesting(Random r) => r.Next(5) switch
        {
            0 or 1 => r.Next(Math.Min(1024, whole.Length)),
            2 => whole.Length - 1 - r.Next(Math.Min(1024, whole.Length)),
            3 => r.Next(Math.Min(512 * 1024, whole.Length)),
            _ => r.Next(whole.Length),
        };
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

    // The same in every process, unlike string.GetHashCode.
    private static int HashCode(string text) => text.Aggregate(17, static (h, c) => unchecked(h * 31 + c));

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
