using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What every cmdlet of the module needs of PowerShell: asynchronous work with output on the pipeline thread, and a stop that is a token.</summary>
/// <remarks>It knows nothing of images.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "Ctrl+C or a late Post may race the end; neither field holds more than memory.")]
public abstract class EcsCmdlet : PSCmdlet
{
    // Neither is ever disposed: Ctrl+C or a late Post may race the end.
    private readonly CancellationTokenSource _stop = new();
    private readonly BlockingCollection<Action> _mail = new();

    /// <summary>Has something written by the pipeline thread; from any thread.</summary>
    internal void Post(Action write) => _mail.Add(write);

    /// <summary>Runs asynchronous work to its end, writing what it posts meanwhile.</summary>
    internal T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        var task = Task.Run(() => work(_stop.Token));
        task.GetAwaiter().OnCompleted(() => Post(static () => { }));
        try
        {
            while (!task.IsCompleted) _mail.Take()();
            while (_mail.TryTake(out var late)) late();
        }
        catch
        {
            // A write that ends the cmdlet, as with $VerbosePreference = 'Stop': nobody will look at the work again, but it has to have
            // ended before the caller lets go of what it works on.
            _stop.Cancel();
            Task.WaitAny(task);
            throw;
        }
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Runs asynchronous work to its end.</summary>
    internal void Await(Func<CancellationToken, Task> work) => Await(async stop =>
    {
        await work(stop).ConfigureAwait(false);
        return true;
    });

    /// <summary>Takes each page of a stream as it comes. It pulls, so that a slow consumer slows the requests.</summary>
    internal void Stream<T>(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> open, Action<T> take)
    {
        var pages = open(_stop.Token).GetAsyncEnumerator(_stop.Token);
        try
        {
            while (Await(_ => pages.MoveNextAsync().AsTask()))
                foreach (var item in pages.Current) take(item);
        }
        finally
        {
            // A consumer that has enough (Select-Object -First) leaves by an exception: the source is closed all the same.
            Task.Run(async () => await pages.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
        }
    }

    /// <summary>Asks as ShouldProcess does; where nobody can be asked, the error says how to answer beforehand.</summary>
    internal bool Confirms(string target, string action) => Confirms(target, action, () => ShouldProcess(target, action));

    /// <summary>The same with a question of one's own; what -WhatIf and -Verbose say is the usual.</summary>
    internal bool Confirms(string target, string action, string question) =>
        Confirms(target, action, () => ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".", question, "Confirm"));

    /// <summary>The same for what takes more than one line to tell: -WhatIf, -Verbose and the question show all of it.</summary>
    internal bool Confirms(string target, string action, IReadOnlyList<string> plan)
    {
        var lines = string.Concat(plan.Select(static l => $"\n{l}"));
        return Confirms(target, action, () => ShouldProcess($"Performing the operation \"{action}\" on target \"{target}\".{lines}", $"{action} {target}?{lines}", "Confirm"));
    }

    /// <summary>Whether -WhatIf is in force, so that nothing will be done.</summary>
    internal bool OnlyShows => Said("WhatIf") ?? LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"));

    /// <summary>Whether a person is asked before what destroys, as far as that can be told beforehand.</summary>
    internal bool Asks => Said("Confirm")
        ?? !(LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("ConfirmPreference"), out ConfirmImpact preference) && preference is ConfirmImpact.None);

    private bool? Said(string name) => MyInvocation.BoundParameters.TryGetValue(name, out var said) ? LanguagePrimitives.IsTrue(said) : null;

    private bool Confirms(string target, string action, Func<bool> ask)
    {
        try
        {
            return ask();
        }
        // What hosts throw that cannot ask: pwsh -NonInteractive, a runbook's host, one that implements no prompt.
        catch (Exception e) when (e is PSInvalidOperationException or HostException or NotImplementedException)
        {
            var record = new CmdletInputException("ConfirmationRequired", $"{action}: {target} needs a confirmation, and this host cannot ask for it.",
                "Look with -WhatIf at what would happen, then say yes beforehand with -Confirm:$false.", ErrorCategory.InvalidOperation).ToErrorRecord(target);
            ThrowTerminatingError(record);
            throw;
        }
    }

    /// <summary>Ctrl+C.</summary>
    protected override void StopProcessing() => _stop.Cancel();
}
