using System.Globalization;

namespace EcsImages.Benchmarks.Oss;

/// <summary>One round: curl, then we; or the other way round.</summary>
internal sealed record OssTurn(TimeSpan Curl, TimeSpan Own, long PeakBytes);

/// <summary>Moves one file with each, in turns; who begins changes with each round.</summary>
internal sealed class OssTurns(string address, string bucket, string source, string target, int rounds)
{
    private string Object(string key) => $"{address}/{bucket}/{key}";

    public Task<IReadOnlyList<OssTurn>> UploadAsync() => TurnsAsync(
        () => CurlAsync("--upload-file", source, Object("theirs")), () => OwnAsync(OssRun.UploadVerb, source, "ours"),
        // What lies in the bucket already would be deleted while the next one comes in.
        async () =>
        {
            await OssRun.DeleteAsync(address, bucket, "theirs");
            await OssRun.DeleteAsync(address, bucket, "ours");
        });

    public async Task<IReadOnlyList<OssTurn>> DownloadAsync()
    {
        await CurlAsync("--upload-file", source, Object("object"));
        return await TurnsAsync(
            () => CurlAsync("--output", target, Object("object")), () => OwnAsync(OssRun.DownloadVerb, target, "object"),
            () =>
            {
                File.Delete(target);
                return Task.CompletedTask;
            });
    }

    private async Task<IReadOnlyList<OssTurn>> TurnsAsync(Func<Task<TimedProcess>> curl, Func<Task<TimedProcess>> own, Func<Task> clear)
    {
        var turns = new List<OssTurn>();
        for (var round = 0; round < rounds; round++)
        {
            TimedProcess theirs, ours;
            if (round % 2 == 0) (theirs, ours) = (await RunAsync(curl, clear), await RunAsync(own, clear));
            else (ours, theirs) = (await RunAsync(own, clear), await RunAsync(curl, clear));
            turns.Add(new OssTurn(theirs.Elapsed, ours.Elapsed, long.Parse(ours.Output, CultureInfo.InvariantCulture)));
        }
        return turns;
    }

    // What one leaves unwritten in the cache is not written in the other's time.
    private static async Task<TimedProcess> RunAsync(Func<Task<TimedProcess>> run, Func<Task> clear)
    {
        var result = await run();
        await clear();
        await TimedProcess.RunAsync("sync");
        return result;
    }

    private static Task<TimedProcess> CurlAsync(params string[] arguments) =>
        TimedProcess.RunAsync("curl", ["--silent", "--show-error", "--fail", "--noproxy", "*", .. arguments]);

    private Task<TimedProcess> OwnAsync(string verb, string path, string key) => TimedProcess.RunAsync(Environment.ProcessPath!, verb, address, bucket, key, path);
}
