using System.Diagnostics;

namespace EcsImages.Benchmarks.Oss;

/// <summary>The emulator of the same build, as a process of its own on a free port.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    public const string KeyId = "LTAIbenchmark", KeySecret = "secretOfTheBenchmark";

    private readonly Process _process;

    private EmulatorProcess(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Such as http://127.0.0.1:8801.</summary>
    public string Address { get; }

    public static async Task<EmulatorProcess> StartAsync(string folder)
    {
        Environment.SetEnvironmentVariable("ECS_EMULATOR_KEY_ID", KeyId);
        Environment.SetEnvironmentVariable("ECS_EMULATOR_KEY_SECRET", KeySecret);
        var process = Process.Start(new ProcessStartInfo("dotnet", [BuiltPrograms.Emulator, "--port", "0", "--path", folder, "--access-key", $"{KeyId}:{KeySecret}"]) { RedirectStandardOutput = true })!;
        const string Begins = "Listening on ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Begins, StringComparison.Ordinal)) continue;
            // What it says afterwards is read too, or it would wait for a reader.
            _ = process.StandardOutput.ReadToEndAsync();
            return new EmulatorProcess(process, line[Begins.Length..].TrimEnd('/'));
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The emulator ended with {process.ExitCode} before it served.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
