using System.Diagnostics;

namespace EcsImages.Benchmarks;

/// <summary>A program, run to its end.</summary>
/// <param name="Elapsed">From its start to its end.</param>
/// <param name="Output">What it printed.</param>
internal sealed record TimedProcess(TimeSpan Elapsed, string Output)
{
    public static async Task<TimedProcess> RunAsync(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        return new TimedProcess(watch.Elapsed, output);
    }
}
