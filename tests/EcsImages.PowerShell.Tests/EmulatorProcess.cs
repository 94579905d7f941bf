using System.Diagnostics;
using System.Reflection;

namespace EcsImages.PowerShell.Tests;

/// <summary>The built emulator, as a process of its own on a free port; it keeps nothing.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly Process _process;

    private EmulatorProcess(Process process, string address, string guide) => (_process, Address, Guide) = (process, address, guide);

    /// <summary>Such as http://127.0.0.1:8801.</summary>
    public string Address { get; }

    /// <summary>What it printed up to where it says how to end it.</summary>
    public string Guide { get; }

    public static async Task<EmulatorProcess> StartAsync(params string[] arguments)
    {
        var emulator = typeof(EmulatorProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "Emulator").Value!;
        var process = Process.Start(new ProcessStartInfo("dotnet", [emulator, "--port", "0", "--ephemeral", "--speed", "100", .. arguments]) { RedirectStandardOutput = true })!;
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            var (address, guide) = (default(string), new List<string>());
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line && !line.StartsWith("Press Ctrl+C", StringComparison.Ordinal))
            {
                guide.Add(line);
                if (line.StartsWith("Listening on ", StringComparison.Ordinal)) address = line["Listening on ".Length..].TrimEnd('/');
            }
            Assert.NotNull(address);
            return new EmulatorProcess(process, address, string.Join('\n', guide));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public void Dispose() => End(_process);

    private static void End(Process process)
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
