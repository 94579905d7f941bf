using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace EcsImages.PowerShell.Sessions;

/// <summary>The contexts of one runspace: one for each account, one of them the default.</summary>
/// <remarks>Statics are shared by all runspaces of a process (ForEach-Object -Parallel); who one is must not be.</remarks>
internal sealed class EcsSession
{
    private static readonly ConditionalWeakTable<Runspace, EcsSession> Sessions = new();

    // Replaced as a whole: another runspace may be looking.
    private volatile EcsContext[] _contexts = [];

    /// <summary>The session of the runspace that this thread runs for.</summary>
    public static EcsSession Current => Sessions.GetValue(Runspace.DefaultRunspace, static _ => new EcsSession());

    /// <summary>The embedded endpoints that this session has open.</summary>
    public LocalEndpoints LocalEndpoints { get; } = new();

    /// <summary>What its contexts have called.</summary>
    public SessionCalls Calls { get; } = new();

    /// <summary>The contexts, the newest last.</summary>
    public IReadOnlyList<EcsContext> Contexts => _contexts;

    /// <summary>The one that cmdlets use when nothing else is said.</summary>
    public EcsContext? Default => Array.Find(_contexts, static c => c.IsDefault);

    /// <summary>A context that somebody chose for another runspace of this process; null where nobody did.</summary>
    public static EcsContext? ChosenElsewhere()
    {
        foreach (var (runspace, session) in Sessions)
            if (runspace != Runspace.DefaultRunspace && runspace.RunspaceStateInfo.State is RunspaceState.Opened && session.Default is { IsChosen: true } chosen) return chosen;
        return null;
    }

    /// <summary>Adds a context in place of an older one of its account, and makes it the default.</summary>
    public void Use(EcsContext context)
    {
        EcsContext[] others = [.. _contexts.Where(c => c.AccountId != context.AccountId)];
        foreach (var other in others) other.IsDefault = false;
        context.IsDefault = true;
        context.Calls = Calls;
        _contexts = [.. others, context];
    }

    /// <summary>Forgets a context; the newest of the others becomes the default.</summary>
    public bool Forget(EcsContext context)
    {
        var known = _contexts.Contains(context);
        context.IsDefault = false;
        _contexts = [.. _contexts.Where(c => c != context)];
        if (Default is null && _contexts is [.., var newest]) newest.IsDefault = true;
        return known;
    }

    /// <summary>Forgets all contexts, and closes the embedded endpoints.</summary>
    public Task EndAsync()
    {
        foreach (var context in Contexts) Forget(context);
        return LocalEndpoints.CloseUnusedAsync(Contexts);
    }

    /// <summary>The context of an account; null if the session has none.</summary>
    public EcsContext? Find(string accountId) => Array.Find(_contexts, c => c.AccountId == accountId || c.Name == accountId);
}
