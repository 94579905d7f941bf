using System.Reflection;
using System.Runtime.Loader;
using EcsImages.Core;

namespace EcsImages.PowerShell.Loading;

/// <summary>
/// Where the embedded endpoint and SQLite live, so that they meet no other module's copy of them. It hands back the one
/// loaded Core, whose interfaces are the only thing that crosses.
/// </summary>
internal sealed class PrivateContext(string assembly) : AssemblyLoadContext("EcsImage")
{
    private static readonly Assembly Core = typeof(ILocalEndpoint).Assembly;
    private readonly AssemblyDependencyResolver _files = new(assembly);

    /// <summary>The file that a native library's name stands for on this platform, or null.</summary>
    public string? FindNative(string name) => _files.ResolveUnmanagedDllToPath(name);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == Core.GetName().Name ? Core
        : _files.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
        : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        FindNative(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
}
