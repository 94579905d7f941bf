using System.Management.Automation;
using System.Reflection;

namespace EcsImages.PowerShell.Loading;

/// <summary>
/// Refuses the import where another version of the module's assemblies is in the process already: it would be used
/// silently in place of our own, and fail much later with an error that nobody can read.
/// </summary>
public sealed class ModuleGuard : IModuleAssemblyInitializer
{
    /// <summary>Called by PowerShell when the module is imported.</summary>
    /// <exception cref="PSInvalidOperationException">Another version is loaded.</exception>
    public void OnImport() => Check(typeof(ModuleGuard).Assembly, AppDomain.CurrentDomain.GetAssemblies());

    internal static void Check(Assembly own, IEnumerable<Assembly> loaded)
    {
        var version = own.GetName().Version;
        foreach (var other in loaded)
        {
            var name = other.GetName();
            if (other == own || name.Name is not ("EcsImages.Core" or "EcsImages.PowerShell")) continue;
            if (name.Version == version && SameFolder(own, other)) continue;
            throw new PSInvalidOperationException(
                $"EcsImage {version} ({own.Location}) cannot be imported: {name.Name} {name.Version} ({other.Location}) is already loaded, "
                + "and a process holds one version only. Start a new session, and import the version you want there first.");
        }
    }

    private static bool SameFolder(Assembly one, Assembly two) =>
        string.Equals(Path.GetDirectoryName(one.Location), Path.GetDirectoryName(two.Location), StringComparison.OrdinalIgnoreCase);
}
