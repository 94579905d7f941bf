using System.Management.Automation;
using System.Security;

namespace EcsImages.Shell;

/// <summary>Questions to the person at the terminal; where there is none, each is an error that says so.</summary>
internal sealed class ShellInput(bool nonInteractive)
{
    private readonly object _turn = new();
    private Task<string?>? _line;
    private TaskCompletionSource _interrupt = new();

    /// <summary>Whether somebody can answer.</summary>
    public bool CanAsk { get; } = !nonInteractive && !Console.IsInputRedirected;

    /// <exception cref="PSInvalidOperationException">Nobody can answer.</exception>
    public void Require(string question, string advice)
    {
        if (CanAsk) return;
        throw new PSInvalidOperationException(
            $"This shell runs with -NonInteractive or without a terminal, so it cannot ask: {question} {advice}");
    }

    /// <summary>A line, or null at the end of input.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C came first.</exception>
    public string? ReadLine()
    {
        Task<string?> line;
        Task interrupt;
        lock (_turn)
        {
            // A read cannot be taken back from the console: after Ctrl+C, whoever reads next gets the same one.
            line = _line ??= Task.Run(Console.In.ReadLine);
            interrupt = _interrupt.Task;
        }

        Task.WaitAny(line, interrupt);
        if (interrupt.IsCompleted) throw new PipelineStoppedException();
        lock (_turn) _line = null;
        return line.Result;
    }

    public static SecureString ReadSecret()
    {
        var secret = new SecureString();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0) secret.RemoveAt(secret.Length - 1);
            else if (!char.IsControl(key.KeyChar)) secret.AppendChar(key.KeyChar);
        }

        Console.Out.WriteLine();
        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Ends a wait for an answer; called by Ctrl+C.</summary>
    public void Interrupt()
    {
        lock (_turn)
        {
            _interrupt.SetResult();
            _interrupt = new();
        }
    }
}
