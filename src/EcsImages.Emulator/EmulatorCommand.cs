using System.Runtime.InteropServices;
using EcsImages.Core;

namespace EcsImages.Emulator;

/// <summary>The program: reads the command line, serves until it is told to end.</summary>
internal static class EmulatorCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args is ["--help" or "-h" or "-?"])
        {
            await output.WriteLineAsync(EmulatorArguments.Usage).ConfigureAwait(false);
            return 0;
        }
        using var end = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        EmulatorOptions? options = null;
        try
        {
            options = EmulatorArguments.Read(args, Environment.GetEnvironmentVariable);
            await ServeAsync(options, output, end.Token).ConfigureAwait(false);
            return 0;
        }
        catch (ArgumentException e)
        {
            await errors.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 2;
        }
        catch (Exception e) when (e is LocalEndpointException or IOException)
        {
            await errors.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
        finally
        {
            if (options is { IsEphemeral: true }) Directory.Delete(options.Path, recursive: true);
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
        }
    }

    private static async Task ServeAsync(EmulatorOptions options, TextWriter output, CancellationToken end)
    {
        await using var server = await EmulatorServer.StartAsync(options, end).ConfigureAwait(false);
        await output.WriteLineAsync($"Listening on {server.Address}").ConfigureAwait(false);
        await output.FlushAsync(end).ConfigureAwait(false);
        await output.WriteLineAsync(ClientGuide.For(server.Address, options)).ConfigureAwait(false);
        await output.FlushAsync(end).ConfigureAwait(false);
        await Task.Delay(Timeout.Infinite, end).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
    }
}
