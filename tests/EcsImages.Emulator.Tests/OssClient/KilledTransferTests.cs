using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using EcsImages.Core.Oss;

namespace EcsImages.Emulator.Tests.OssClient;

/// <summary>Uploads and downloads that end at any moment go on from there, and bring nothing twice that was there.</summary>
public sealed class KilledTransferTests : TransferWorld
{
    private static string Driver => typeof(KilledTransferTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "OssDriver").Value!;

    [Fact]
    public async Task An_upload_whose_process_is_killed_three_times_sends_no_part_twice_that_arrived()
    {
        foreach (var moves in (int[])[1, 3, 5]) Assert.Null(await DriveAsync("upload", "source", killAfter: moves));
        Assert.True(File.Exists(In("source.upload")));
        var before = (await RequestsAsync()).Length;
        var said = await DriveAsync("upload", "source");
        var kept = int.Parse(said!.Split("kept ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(kept, 5 * (4 << 20), Size);
        Assert.Contains($"crc64 {Crc64.Append(0, await File.ReadAllBytesAsync(In("source")))}", said, StringComparison.Ordinal);
        Assert.Equal(["source"], Directory.GetFiles(Folder).Select(Path.GetFileName));
        // One part after the other: the first five were there when the last kill came.
        var sent = (await RequestsAsync())[before..].Where(static r => r.Operation == "UploadPart").Select(static r => int.Parse(r.Parameters.Split("PartNumber=")[1], CultureInfo.InvariantCulture)).ToArray();
        Assert.All(sent, static number => Assert.InRange(number, 6, 8));
    }

    [Fact]
    public async Task A_download_whose_process_is_killed_three_times_fetches_only_what_is_missing()
    {
        await UploadAsync("source");
        foreach (var moves in (int[])[1, 2, 3]) Assert.Null(await DriveAsync("download", "target", killAfter: moves));
        Assert.True(File.Exists(In("target.partial")) && !File.Exists(In("target")));
        var before = (await RequestsAsync()).Length;
        Assert.NotNull(await DriveAsync("download", "target"));
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
        Assert.Equal(["source", "target"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        var fetched = Assert.Single((await RequestsAsync())[before..], static r => r.Operation == "GetObject");
        Assert.Contains($"Range=bytes={3 * (8 << 20)}-", fetched.Parameters, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whenever_an_upload_is_stopped_what_was_told_is_kept(int seed)
    {
        var random = new Random(seed);
        var told = 0L;
        for (var tries = 0; ; tries++)
        {
            using var stop = new CancellationTokenSource();
            var reads = random.Next(1, 40 + 40 * tries);
            var (before, most) = (told, 0L);
            try
            {
                // At a seeded piece of the source, which may be in the middle of a part; what a try begins with is what earlier ones have told.
                void Read()
                {
                    if (Interlocked.Decrement(ref reads) == 0) stop.Cancel();
                }
                var uploaded = await UploadAsync("source", new Told(p => Interlocked.Exchange(ref most, Math.Max(Interlocked.Read(ref most), p.Done))),
                    change: job => job with { Source = new WatchedSource(job.Source, Read) }, stop: stop.Token);
                Assert.True(uploaded.Kept >= before, $"Seed {seed}: {uploaded.Kept} bytes were kept of {before}.");
                Assert.Equal(Crc64.Append(0, await File.ReadAllBytesAsync(In("source"))), uploaded.Crc64);
                break;
            }
            catch (OperationCanceledException)
            {
                // A try that is stopped while it still looks at what is there tells less than the one before.
                told = Math.Max(before, most);
            }
        }
        await DownloadAsync();
        Assert.Equal(await File.ReadAllBytesAsync(In("source")), await File.ReadAllBytesAsync(In("target")));
    }

    // What it printed; null where it was killed.
    private async Task<string?> DriveAsync(string verb, string file, int? killAfter = null)
    {
        var start = new ProcessStartInfo("dotnet", [Driver, verb, Address.GetLeftPart(UriPartial.Authority), Bucket, Key, In(file), "1"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["ECS_EMULATOR_KEY_ID"], start.Environment["ECS_EMULATOR_KEY_SECRET"]) = (EmulatorOptions.DefaultKey.Id, EmulatorOptions.DefaultKey.Secret);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var (said, moves) = (new List<string>(), 0);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.StartsWith("moved ", StringComparison.Ordinal) && ++moves == killAfter) process.Kill();
        }
        await process.WaitForExitAsync();
        if (killAfter is not null) return null;
        Assert.True(process.ExitCode == 0, await errors);
        return string.Join('\n', said);
    }
}
