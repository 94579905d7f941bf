using System.Globalization;

namespace EcsImages.Benchmarks.Convert;

/// <summary>Each pair of formats, in turns with qemu-img: no more than its time, and no more than 64 MiB. Neither side waits for the storage, nor verifies.</summary>
internal static class ConvertBenchmark
{
    private const double MostRatio = 1.0, MostMiB = 64;

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("ecs-benchmark-").FullName;
        try
        {
            var raw = Path.Combine(folder, "source.raw");
            TestDisk.Write(raw, (long)options.MiB << 20);
            Console.WriteLine($"{"from -> to",-28} {"qemu-img",10} {"ours",10} {"ratio",7} {"memory",10}");
            var worst = 0;
            foreach (var from in DiskKind.All)
            {
                var source = from.Name == "raw" ? raw : Path.Combine(folder, from.Name);
                var pairs = DiskKind.All.Where(static k => k.IsWritten).Where(k => options.Only is null || $"{from.Name} -> {k.Name}".Contains(options.Only, StringComparison.Ordinal)).ToArray();
                if (pairs.Length == 0) continue;
                if (source != raw) await TimedProcess.RunAsync("qemu-img", ["convert", "-f", "raw", .. from.Qemu, raw, source]);
                foreach (var to in pairs)
                    if (!await MeasureAsync(from, to, source, Path.Combine(folder, "out"), options.Rounds)) worst = 1;
                if (source != raw) File.Delete(source);
            }
            return worst;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> MeasureAsync(DiskKind from, DiskKind to, string source, string target, int rounds)
    {
        var (theirs, ours, memory) = (TimeSpan.MaxValue, TimeSpan.MaxValue, 0L);
        for (var round = 0; round < rounds; round++)
        {
            File.Delete(target);
            var qemu = await TimedProcess.RunAsync("qemu-img", ["convert", "-f", from.Qemu[1], .. to.Qemu, source, target]);
            File.Delete(target);
            var own = await TimedProcess.RunAsync(Environment.ProcessPath!, ConvertRun.Verb, source, target, to.Name);
            theirs = TimeSpan.FromTicks(Math.Min(theirs.Ticks, qemu.Elapsed.Ticks));
            ours = TimeSpan.FromTicks(Math.Min(ours.Ticks, own.Elapsed.Ticks));
            memory = Math.Max(memory, long.Parse(own.Output, CultureInfo.InvariantCulture));
        }
        await TimedProcess.RunAsync("qemu-img", "compare", "-f", from.Qemu[1], "-F", to.Qemu[1], source, target);
        File.Delete(target);
        var (ratio, mib) = (ours / theirs, memory / 1048576.0);
        var isGood = ratio <= MostRatio && mib <= MostMiB;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{$"{from.Name} -> {to.Name}",-28} {theirs.TotalMilliseconds,7:F0} ms {ours.TotalMilliseconds,7:F0} ms {ratio,7:F2} {mib,6:F0} MiB{(isGood ? "" : "  over the target")}"));
        return isGood;
    }
}
