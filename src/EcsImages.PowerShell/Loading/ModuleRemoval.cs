using System.Management.Automation;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Loading;

/// <summary>
/// Leaves nothing open when the module is removed, or imported anew with -Force: the session forgets its contexts, and closes its
/// embedded endpoints, so that their folders can be moved or deleted.
/// </summary>
public sealed class ModuleRemoval : IModuleAssemblyCleanup
{
    /// <summary>Called by PowerShell when the module is removed from a session.</summary>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        // Other runspaces have sessions of their own, which live on.
        var session = EcsSession.Current;
        Task.Run(session.EndAsync).GetAwaiter().GetResult();
    }
}
