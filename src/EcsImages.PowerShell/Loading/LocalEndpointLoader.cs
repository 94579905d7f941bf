using System.Runtime.InteropServices;
using EcsImages.Core;

namespace EcsImages.PowerShell.Loading;

/// <summary>Loads the embedded endpoint out of the module's <c>local</c> folder: on first use, and once in a process.</summary>
internal static class LocalEndpointLoader
{
    private const string FactoryType = "EcsImages.Local.LocalEndpointFactory";
    private static readonly object Loading = new();
    private static ILocalEndpointFactory? _factory;

    /// <summary>What opens embedded endpoints.</summary>
    /// <exception cref="LocalEndpointException">Files of the module are missing, or SQLite has no build for this platform.</exception>
    public static ILocalEndpointFactory Load()
    {
        lock (Loading)
        {
            // A failure is not kept: once the module is whole again, the next call succeeds.
            return _factory ??= LoadFrom(Path.Combine(ModuleFolder, "local"));
        }
    }

    /// <summary>The folder that the module was imported from.</summary>
    public static string ModuleFolder { get; } = Path.GetDirectoryName(typeof(LocalEndpointLoader).Assembly.Location)!;

    internal static ILocalEndpointFactory LoadFrom(string folder)
    {
        var assembly = Path.Combine(folder, "EcsImages.Local.dll");
        foreach (var needed in new[] { assembly, Path.ChangeExtension(assembly, ".deps.json") })
        {
            if (!File.Exists(needed)) throw Missing(needed);
        }

        var context = new PrivateContext(assembly);
        if (context.FindNative("e_sqlite3") is null) throw NoSqlite(folder);
        try
        {
            var type = context.LoadFromAssemblyPath(assembly).GetType(FactoryType, throwOnError: true)!;
            return (ILocalEndpointFactory)Activator.CreateInstance(type)!;
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException or TypeLoadException)
        {
            throw new LocalEndpointException("LocalFilesMissing",
                $"The embedded endpoint could not be loaded from {folder}: {e.Message} Install the module EcsImage anew.", e);
        }
    }

    private static LocalEndpointException Missing(string file) => new("LocalFilesMissing",
        $"The embedded endpoint needs {file}, which is not there. Install the module EcsImage anew; everything but -Local works without it.");

    private static LocalEndpointException NoSqlite(string folder)
    {
        var runtimes = Path.Combine(folder, "runtimes");
        var known = Directory.Exists(runtimes)
            ? string.Join(", ", Directory.GetDirectories(runtimes).Select(Path.GetFileName).Order(StringComparer.Ordinal))
            : "none";
        return new("LocalPlatformUnsupported",
            $"The embedded endpoint needs SQLite, and {runtimes} has no build of it for this platform, {RuntimeInformation.RuntimeIdentifier} "
            + $"(there is: {known}). Use -Local on one of those, or connect to Alibaba Cloud, which works everywhere.");
    }
}
