using System.Runtime.InteropServices;
using EcsImages.Core;

namespace EcsImages.Emulator;

/// <summary>The program: reads the command line, serves until it is told to end.</summary>
internal static class EmulatorCommand
{
    /// <param name="args">The command line.</param>
    /// <param name="output">Where it says that it serves, and how to point clients at it.</param>
    /// <param name="errors">Where it says why it does not.</param>
    /// <param name="stop">Ends it, as SIGTERM and Ctrl+C do.</param>
    /// <returns>The exit code: 0, 1 where it could not serve, 2 where the command line was wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken stop = default)
    {
        if (EmulatorArguments.AskForHelp(args))
        {
            await output.WriteLineAsync(EmulatorArguments.Usage).ConfigureAwait(false);
            return 0;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        EmulatorOptions? options = null;
        try
        {
            options = EmulatorArguments.Read(args, Environment.GetEnvironmentVariable);
            await ServeAsync(options, output, end.Token).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // It was told to end before it served.
            return 0;
        }
        catch (ArgumentException e)
        {
            await errors.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 2;
        }
        catch (Exception e) when (e is LocalEndpointException or IOException or UnauthorizedAccessException)
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
