using System.Management.Automation;
using EcsImages.Core.Acs;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What every cmdlet that calls an API has: the account that it acts as, and errors that concern one item or the whole call.</summary>
public abstract class EcsApiCmdlet : EcsCmdlet, IDisposable
{
    private readonly List<OpenWork> _open = [];

    /// <summary>The context to act with, as Connect-EcsAccount and Get-EcsContext give it; in ForEach-Object -Parallel it is handed in with $using. Without it, what is piped in is treated with the account that saw it, everything else with the default context.</summary>
    [Parameter]
    public EcsContext? Context { get; set; }

    /// <summary>The account through which a piped object was seen.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, DontShow = true)]
    public string? ContextAccountId { get; set; }

    /// <inheritdoc/>
    /// <remarks>A -TimeoutSec that limits nothing would let a runbook believe that it waits.</remarks>
    protected override void BeginProcessing()
    {
        var given = MyInvocation.BoundParameters;
        if (!given.TryGetValue("TimeoutSec", out var seconds) || !MyInvocation.MyCommand.Parameters.ContainsKey("Wait")) return;
        if (given.TryGetValue("Wait", out var wait) && wait is SwitchParameter { IsPresent: true }) return;
        ThrowTerminatingError(new CmdletInputException("TimeoutWithoutWait", "-TimeoutSec limits how long to wait, but nothing waits.", "Add -Wait.").ToErrorRecord(seconds));
    }

    /// <summary>The context of the item at hand.</summary>
    /// <remarks>An object that was seen through an account that the session no longer has is an error, never the default's business.</remarks>
    internal EcsContext ResolveContext()
    {
        if (Context is not null) return Context;
        var session = EcsSession.Current;
        if (ContextAccountId is { Length: > 0 } account)
        {
            return session.Find(account) ?? throw new CmdletInputException("ContextNotFound",
                $"This object was seen through account {account}, which the session is not connected to.",
                "Connect that account with Connect-EcsAccount, or name another one with -Context.", ErrorCategory.ObjectNotFound);
        }
        if (session.Default is { } known) return known;
        // In ForEach-Object -Parallel it looks as if the caller's context were in force: what the machine has may be quite another account.
        if (EcsSession.ChosenElsewhere() is { } chosen)
            throw new CredentialException("ContextOfOtherRunspace", $"This runspace is not connected to an account; another one of this process is, to {chosen}.");
        var found = Await(stop => new Connecting(new CmdletCallLog(this)).FromSurroundingsAsync(null, null, stop));
        session.Use(found);
        return found;
    }

    /// <summary>Work at the service that this cmdlet is to wait for.</summary>
    internal OpenWork Opens(Type kind)
    {
        var work = new OpenWork(kind, Host);
        _open.Add(work);
        return work;
    }

    /// <summary>PowerShell's, at every end: also where an error or Ctrl+C has come before the wait.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Tells of the work that nobody waits for any longer.</summary>
    protected virtual void Dispose(bool disposing)
    {
        foreach (var work in _open) work.Tell();
    }

    /// <summary>The context's client, telling this cmdlet's -Verbose what it does.</summary>
    internal EcsAccess AccessOf(EcsContext context) =>
        context.Access with { Client = context.Access.Client.LoggingTo(new CmdletCallLog(this, context.Calls)) };

    /// <summary>Does one item; its failure is an error of that item, unless nothing else can succeed either.</summary>
    internal void ForItem(object? target, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (Errors.IsExpected(e))
        {
            Report(e, target);
        }
    }

    /// <summary>Does each id; refuses what is no id.</summary>
    internal void ForEachItem(IEnumerable<string> ids, string parameter, Action<string> work)
    {
        foreach (var id in ids)
            ForItem(id, () => work(Parameters.Ids.Check(id, parameter)));
    }

    /// <summary>Writes an expected failure.</summary>
    internal void Report(Exception e, object? target)
    {
        // A dry run that would succeed is an "error" at the service; to a person it is good news.
        if (e is AcsException passed && DryRuns.HavePassed(passed.Code))
        {
            WriteVerbose($"Dry run: {passed.Operation} in {passed.RegionId} would succeed for {target}.");
            return;
        }
        var record = e.ToErrorRecord(target, MyInvocation?.MyCommand?.Name);
        if (Errors.ConcernsWholeCall(e)) ThrowTerminatingError(record);
        WriteError(record);
    }
}
