using System.Globalization;

namespace EcsImages.Benchmarks.Oss;

/// <summary>A file into a bucket of the emulator and out of it again, in turns with curl: no more than 1.1 of its time, and no more than 64 MiB.</summary>
/// <remarks>The medians count. curl sends and fetches in one piece without a signature, and checks nothing. A download counts, on both sides, until the file lies on the disk.</remarks>
internal static class OssBenchmark
{
    private const double MostRatio = 1.1, MostMiB = 64;

    public static async Task<int> RunAsync(Options options)
    {
        var folder = Directory.CreateTempSubdirectory("ecs-benchmark-").FullName;
        try
        {
            var source = Path.Combine(folder, "source");
            Noise.Write(source, (long)options.MiB << 20);
            await using var emulator = await EmulatorProcess.StartAsync(Path.Combine(folder, "emulator"));
            using var bucket = await OssBucket.MakeAsync(emulator.Address);
            var least = Path.Combine(folder, "least");
            await File.WriteAllBytesAsync(least, [1]);
            var (_, idle) = await bucket.OwnAsync("upload", "least", least);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.MiB} MiB. Of the memory, an upload of one byte takes {idle / 1048576.0:F0} MiB: the runtime and its libraries."));
            var run = new OssTurns(bucket, source, Path.Combine(folder, "target"), options.Rounds);
            Console.WriteLine($"{"",-10} {"curl",20} {"ours",20} {"ratio",7} {"of each pair",14} {"memory",9}");
            var isGood = true;
            if (options.Only is null or "upload") isGood &= Tell("upload", await run.UploadAsync());
            if (options.Only is null or "download")
            {
                isGood &= Tell("download", await run.DownloadAsync());
                Console.WriteLine($"Of curl's download, {Spread.Of(run.Flushing.Select(static t => t.TotalSeconds)):F2} s were to put the file on the disk; ours does that while it comes in.");
            }
            return isGood ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Tell(string what, IReadOnlyList<OssTurn> turns)
    {
        var (theirs, ours) = (Spread.Of(turns.Select(static t => t.Curl.TotalSeconds)), Spread.Of(turns.Select(static t => t.Own.TotalSeconds)));
        var pairs = Spread.Of(turns.Select(static t => t.Own / t.Curl));
        var (ratio, mib) = (ours.Median / theirs.Median, turns.Max(static t => t.PeakBytes) / 1048576.0);
        var isGood = ratio <= MostRatio && mib <= MostMiB;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-10} {$"{theirs:F2} s",20} {$"{ours:F2} s",20} {ratio,7:F2} {$"{pairs.Least:F2}..{pairs.Most:F2}",14} {mib,5:F0} MiB{(isGood ? "" : "  over the target")}"));
        return isGood;
    }
}
