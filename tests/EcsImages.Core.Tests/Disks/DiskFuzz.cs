using System.Diagnostics;
using System.Globalization;
using EcsImages.Core.Disks;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Breaks files at random and has them read: what comes of it is a disk or an error in words, in bounded time and memory.</summary>
/// <remarks>ECS_FUZZ_CASES says how many of each kind, ECS_FUZZ_SEED which.</remarks>
internal static class DiskFuzz
{
    private const long MostAllocated = 96L << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);
    private static readonly int Cases = Number("ECS_FUZZ_CASES", 100), Seed = Number("ECS_FUZZ_SEED", 20261124);

    /// <param name="kind">For messages, and for what is broken.</param>
    /// <param name="whole">The files; in each case one of them is broken.</param>
    /// <param name="read">Reads what the files hold, on the thread that calls it.</param>
    /// <param name="isEverRead">Whether some damage leaves a disk that can be read.</param>
    public static void Run(string kind, IReadOnlyList<byte[]> whole, Func<IReadOnlyList<MemorySource>, Random, CancellationToken, Task> read, bool isEverRead = true)
    {
        var (readable, refused) = (0, 0);
        var files = whole.Select(static f => (byte[])f.Clone()).ToArray();
        for (var n = 0; n < Cases; n++)
        {
            var random = new Random(HashCode(kind) ^ Seed ^ (n * 7919));
            var victim = random.Next(files.Length);
            var length = Break(files[victim], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            using var time = new CancellationTokenSource(MostTime);
            try
            {
                var reading = read([.. files.Select((f, i) => new MemorySource(f, i == victim ? length : f.Length))], random, time.Token);
                Assert.True(reading.IsCompleted, "Bytes in memory were read on another thread, where nobody counts.");
                reading.GetAwaiter().GetResult();
                readable++;
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
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(watch.Elapsed < MostTime, $"{kind}, case {n} of seed {Seed} took {watch.Elapsed}.");
            Assert.True(allocated < MostAllocated, $"{kind}, case {n} of seed {Seed} allocated {allocated} bytes.");
            whole[victim].CopyTo(files[victim], 0);
        }
        // Both happen, or the damage is none, or all of it is seen at once.
        Assert.True(refused > 0 && (readable > 0 || !isEverRead), $"{kind}: {readable} read, {refused} refused");
    }

    /// <summary>Goes through a disk: its map, the beginning of each range, and some places.</summary>
    public static async ValueTask ReadAsync(IDisk disk, Random random, CancellationToken stop)
    {
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

    // Most of what decides lies in the first and the last KiB; tables lie anywhere. Returns the new length.
    private static int Break(byte[] bytes, Random random)
    {
        var length = bytes.Length;
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(5) switch
            {
                0 or 1 => random.Next(Math.Min(1024, length)),
                2 => length - 1 - random.Next(Math.Min(1024, length)),
                3 => random.Next(Math.Min(512 * 1024, length)),
                _ => random.Next(length),
            };
            if (random.Next(5) > 0) Mutation.Change(bytes.AsSpan(0, length), at, random);
            // Some stay whole, where a checksum would notice any change.
            else if (random.Next(4) == 0) length = random.Next(Math.Min(512, length - 1), length);
        }
        return length;
    }

    // The same in every process, unlike string.GetHashCode.
    private static int HashCode(string text) => text.Aggregate(17, static (h, c) => unchecked(h * 31 + c));

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : usual;
}
