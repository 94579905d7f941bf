using System.Management.Automation;
using System.Reflection;

namespace EcsImages.PowerShell.Loading;

/// <summary>
/// Refuses the import where another build of the module's assemblies is in the process already: it would be used silently
/// in place of our own, and fail much later with an error that nobody can read. (A second EcsImages.PowerShell.dll of
/// another build the runtime refuses by itself, before this is asked; another Core it takes without a word.)
/// </summary>
public sealed class ModuleGuard : IModuleAssemblyInitializer
{
    /// <summary>Called by PowerShell when the module is imported.</summary>
    /// <exception cref="PSInvalidOperationException">Another build is loaded.</exception>
    public void OnImport() => Check(typeof(ModuleGuard).Assembly, AppDomain.CurrentDomain.GetAssemblies());

    internal static void Check(Assembly own, IEnumerable<Assembly> loaded)
    {
        foreach (var other in loaded)
        {
            var name = other.GetName();
            if (name.Name is not ("EcsImages.Core" or "EcsImages.PowerShell") || other == own || IsOurs(own, other)) continue;
            throw new PSInvalidOperationException(
                $"EcsImage {own.GetName().Version} ({own.Location}) cannot be imported: {name.Name} {name.Version} ({other.Location}) "
                + "is already loaded, and a process holds one build only. Start a new session, and import there the one you want.");
        }
    }

    /// <summary>Whether it is the file beside our own assembly, or one of the same bytes.</summary>
    private static bool IsOurs(Assembly own, Assembly other)
    {
        var file = Path.Combine(Path.GetDirectoryName(own.Location)!, other.GetName().Name + ".dll");
        if (string.Equals(file, other.Location, StringComparison.OrdinalIgnoreCase)) return true;
        return File.Exists(file) && File.Exists(other.Location)
            && File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(other.Location));
    }
}
