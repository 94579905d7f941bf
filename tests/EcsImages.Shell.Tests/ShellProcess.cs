using System.Diagnostics;
using System.Reflection;

namespace EcsImages.Shell.Tests;

/// <summary>What one run of the shell did.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The built shell, as a process of its own.</summary>
internal static class ShellProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static string Assembly { get; } = typeof(ShellProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ShellAssembly").Value!;

    public static Task<ShellResult> RunAsync(params string[] arguments) => RunAsync(arguments, input: "");

    public static async Task<ShellResult> RunAsync(string[] arguments, string input, string? folder = null, string? module = null)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        // A machine that runs the tests may be a cloud's own: its metadata service is not ours to ask.
        start.Environment["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
        if (module is not null) start.Environment["ECSIMAGE_MODULE"] = module;
        else start.Environment.Remove("ECSIMAGE_MODULE");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
