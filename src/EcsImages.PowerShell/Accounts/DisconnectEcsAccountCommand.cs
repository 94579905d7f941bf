using System.Management.Automation;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Accounts;

/// <summary>Forgets contexts of this session; nothing else changes.</summary>
/// <example>
/// <code>Disconnect-EcsAccount</code>
/// <para>Forgets the default context; the newest of the others takes its place.</para>
/// </example>
/// <example>
/// <code>Disconnect-EcsAccount -All</code>
/// <para>Forgets all contexts of the session.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "EcsAccount", DefaultParameterSetName = "Context")]
[OutputType(typeof(EcsContext)), Calls]
public sealed class DisconnectEcsAccountCommand : EcsCmdlet
{
    /// <summary>The context to forget; without it, the default one.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Context")]
    public EcsContext? Context { get; set; }

    /// <summary>Forgets all.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = EcsSession.Current;
        if (All)
            foreach (var each in session.Contexts) Forget(session, each);
        else if ((Context ?? session.Default) is not { } context)
            WriteError(new CmdletInputException("ContextNotFound", "The session is not connected to an account.", null, ErrorCategory.ObjectNotFound).ToErrorRecord(null));
        else Forget(session, context);
        var left = session.Contexts;
        Await(_ => session.LocalEndpoints.CloseUnusedAsync(left));
    }

    private void Forget(EcsSession session, EcsContext context)
    {
        if (session.Forget(context)) WriteObject(context);
        else WriteError(new CmdletInputException("ContextNotFound", $"The session does not have the context {context}.", null, ErrorCategory.ObjectNotFound).ToErrorRecord(context));
    }
}
