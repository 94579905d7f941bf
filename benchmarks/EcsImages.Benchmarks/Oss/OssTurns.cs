namespace EcsImages.Benchmarks.Oss;

/// <summary>One round: curl, then we; or the other way round.</summary>
internal sealed record OssTurn(TimeSpan Curl, TimeSpan Own, long PeakBytes);

/// <summary>Moves one file with each, in turns; who begins changes with each round.</summary>
internal sealed class OssTurns(OssBucket bucket, string source, string target, int rounds)
{
    /// <summary>How long curl's downloads took to lie on the disk, after curl had ended.</summary>
    public ICollection<TimeSpan> Flushing { get; } = [];

    public Task<IReadOnlyList<OssTurn>> UploadAsync() => TurnsAsync(
        () => CurlAsync("--upload-file", source, bucket.At("theirs")), () => bucket.OwnAsync("upload", "ours", source),
        // What lies in the bucket already would be deleted while the next one comes in.
        async () =>
        {
            await bucket.DeleteAsync("theirs");
            await bucket.DeleteAsync("ours");
        });

    public async Task<IReadOnlyList<OssTurn>> DownloadAsync()
    {
        await CurlAsync("--upload-file", source, bucket.At("object"));
        return await TurnsAsync(
            FetchAsync, () => bucket.OwnAsync("download", "object", target),
            () =>
            {
                File.Delete(target);
                return Task.CompletedTask;
            });
    }

    // Our download ends when the file would outlast a loss of power; curl's is led there.
    private async Task<TimeSpan> FetchAsync()
    {
        var fetched = await CurlAsync("--output", target, bucket.At("object"));
        var flushed = (await TimedProcess.RunAsync("sync", target)).Elapsed;
        Flushing.Add(flushed);
        return fetched + flushed;
    }

    private async Task<IReadOnlyList<OssTurn>> TurnsAsync(Func<Task<TimeSpan>> curl, Func<Task<(TimeSpan Elapsed, long PeakBytes)>> own, Func<Task> clear)
    {
        var turns = new List<OssTurn>();
        for (var round = 0; round < rounds; round++)
        {
            TimeSpan theirs;
            (TimeSpan Elapsed, long PeakBytes) ours;
            if (round % 2 == 0) (theirs, ours) = (await RunAsync(curl, clear), await RunAsync(own, clear));
            else (ours, theirs) = (await RunAsync(own, clear), await RunAsync(curl, clear));
            turns.Add(new OssTurn(theirs, ours.Elapsed, ours.PeakBytes));
        }
        return turns;
    }

    // What one leaves unwritten in the cache is not written in the other's time.
    private static async Task<T> RunAsync<T>(Func<Task<T>> run, Func<Task> clear)
    {
        var result = await run();
        await clear();
        await TimedProcess.RunAsync("sync");
        return result;
    }

    private static async Task<TimeSpan> CurlAsync(params string[] arguments) =>
        (await TimedProcess.RunAsync("curl", ["--silent", "--show-error", "--fail", "--noproxy", "*", .. arguments])).Elapsed;
}
