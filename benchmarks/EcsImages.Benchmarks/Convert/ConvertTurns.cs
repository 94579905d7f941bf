using System.Globalization;

namespace EcsImages.Benchmarks.Convert;

/// <summary>One round: qemu-img, then we; or the other way round.</summary>
internal sealed record ConvertTurn(TimeSpan Qemu, TimeSpan Own);

/// <summary>Converts one file with each, in turns; who begins changes with each round.</summary>
internal sealed class ConvertTurns(DiskKind from, DiskKind to, string source, string target)
{
    public async Task<IReadOnlyList<ConvertTurn>> RunAsync(int rounds)
    {
        var turns = new List<ConvertTurn>();
        for (var round = 0; round < rounds; round++)
        {
            var isFirst = round % 2 == 0;
            var theirs = isFirst ? await QemuAsync() : default;
            var ours = await OwnAsync();
            turns.Add(new ConvertTurn(isFirst ? theirs : await QemuAsync(), ours));
        }
        return turns;
    }

    /// <summary>The most memory that a conversion of ours takes, in bytes: in a run of its own, whose asking for it is in nobody's time. What it wrote is compared with the source.</summary>
    public async Task<long> PeakBytesAsync()
    {
        var run = await TimedProcess.RunAsync(Environment.ProcessPath!, ConvertRun.MeasuredVerb, source, target, to.Name);
        await TimedProcess.RunAsync("qemu-img", "compare", "-f", from.Qemu[1], "-F", to.Qemu[1], source, target);
        File.Delete(target);
        return long.Parse(run.Output, CultureInfo.InvariantCulture);
    }

    private Task<TimeSpan> QemuAsync() => TimeAsync("qemu-img", ["convert", "-f", from.Qemu[1], .. to.Qemu, source, target]);

    private Task<TimeSpan> OwnAsync() => TimeAsync(Environment.ProcessPath!, ConvertRun.Verb, source, target, to.Name);

    // What one leaves unwritten in the cache is not written in the other's time.
    private async Task<TimeSpan> TimeAsync(string program, params string[] arguments)
    {
        var run = await TimedProcess.RunAsync(program, arguments);
        File.Delete(target);
        await TimedProcess.RunAsync("sync");
        return run.Elapsed;
    }
}
