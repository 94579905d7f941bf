using System.Diagnostics;
using System.Globalization;
using EcsImages.Core.Oss;

namespace EcsImages.Benchmarks.Checksum;

/// <summary>The checksums of an upload, against copying the same bytes in memory. There is no target: the ratios say what they cost.</summary>
internal static class ChecksumBenchmark
{
    // As a part is read: it comes out of the cache of the processor, not out of memory.
    private const int Piece = 256 * 1024;

    public static int Run(Options options)
    {
        var bytes = new byte[(long)options.MiB << 20];
        new Random(20261201).NextBytes(bytes);
        var copy = new byte[Piece];
        ulong crc = 0;
        var ways = new (string Name, Action<ReadOnlyMemory<byte>> Take)[]
        {
            ("copy", piece => piece.Span.CopyTo(copy)),
            ("CRC-64", piece => crc = Crc64.Append(crc, piece.Span)),
            ("CRC-64 by table", piece => crc = Crc64.AppendByTable(crc, piece.Span)),
            ("MD5", piece => BodyHash.Md5(piece.Span)),
            ("both, as resumed", piece =>
            {
                using var hash = new BodyHash();
                hash.Append(piece.Span);
            }),
        };
        var times = ways.Select(static _ => new List<double>()).ToArray();
        for (var round = 0; round < options.Rounds; round++)
            foreach (var (way, taken) in ways.Zip(times)) taken.Add(Measure(bytes, way.Take));
        var reference = Spread.Of(times[0]).Median;
        Console.WriteLine($"{"",-18} {"GiB/s",22} {"of a copy's time",18}");
        foreach (var (way, taken) in ways.Zip(times))
        {
            var rate = Spread.Of(taken.Select(s => options.MiB / 1024.0 / s));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way.Name,-18} {$"{rate:F2}",22} {Spread.Of(taken).Median / reference,18:F1}"));
        }
        return 0;
    }

    private static double Measure(byte[] bytes, Action<ReadOnlyMemory<byte>> take)
    {
        var started = Stopwatch.GetTimestamp();
        for (var at = 0; at < bytes.Length; at += Piece) take(bytes.AsMemory(at, Piece));
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
