using System.Globalization;

namespace EcsImages.Benchmarks.Convert;

/// <summary>Each pair of formats, in turns with qemu-img: no more than its time, and no more than 64 MiB. Neither side waits for the storage, nor verifies.</summary>
/// <remarks>The medians count, of whole processes: a process of .NET takes a tenth of a second before it converts, so that small disks say little.</remarks>
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
            Console.WriteLine($"{"from -> to",-26} {"qemu-img",24} {"ours",24} {"ratio",6} {"of each pair",12} {"memory",7}");
            var worst = 0;
            foreach (var from in DiskKind.All)
            {
                var source = from.Name == "raw" ? raw : Path.Combine(folder, from.Name);
                var pairs = DiskKind.All.Where(static k => k.IsWritten).Where(k => options.Only is null || $"{from.Name} -> {k.Name}".Contains(options.Only, StringComparison.Ordinal)).ToArray();
                if (pairs.Length == 0) continue;
                if (source != raw) await TimedProcess.RunAsync("qemu-img", ["convert", "-f", "raw", .. from.Qemu, raw, source]);
                foreach (var to in pairs)
                {
                    var turns = new ConvertTurns(from, to, source, Path.Combine(folder, "out"));
                    // To pack takes so long that little else is in the time.
                    if (!Tell($"{from.Name} -> {to.Name}", await turns.RunAsync(to.IsPacked ? Math.Max(1, options.Rounds / 3) : options.Rounds), await turns.PeakBytesAsync())) worst = 1;
                }
                if (source != raw) File.Delete(source);
            }
            return worst;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Tell(string what, IReadOnlyList<ConvertTurn> turns, long peakBytes)
    {
        var (theirs, ours) = (Spread.Of(turns.Select(static t => t.Qemu.TotalMilliseconds)), Spread.Of(turns.Select(static t => t.Own.TotalMilliseconds)));
        var pairs = Spread.Of(turns.Select(static t => t.Own / t.Qemu));
        var (ratio, mib) = (ours.Median / theirs.Median, peakBytes / 1048576.0);
        var isGood = ratio <= MostRatio && mib <= MostMiB;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-26} {$"{theirs:F0} ms",24} {$"{ours:F0} ms",24} {ratio,6:F2} {$"{pairs.Least:F2}..{pairs.Most:F2}",12} {mib,3:F0} MiB{(isGood ? "" : "  over the target")}"));
        return isGood;
    }
}
