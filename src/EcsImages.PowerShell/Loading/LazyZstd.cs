using EcsImages.Core.Disks;

namespace EcsImages.PowerShell.Loading;

/// <summary>Zstandard out of the module's <c>local</c> folder, loaded when the first bytes that need it are met.</summary>
internal sealed class LazyZstd : IUnpacker
{
    private const string UnpackerType = "EcsImages.Local.Zstd.ZstdUnpacker";

    private static readonly Lazy<IUnpacker> Loaded = new(static () =>
    {
        var assembly = Path.Combine(LocalEndpointLoader.ModuleFolder, "local", "EcsImages.Local.dll");
        var type = new PrivateContext(assembly).LoadFromAssemblyPath(assembly).GetType(UnpackerType, throwOnError: true)!;
        return (IUnpacker)Activator.CreateInstance(type, nonPublic: true)!;
    });

    public static LazyZstd Instance { get; } = new();

    private LazyZstd()
    {
    }

    public void Unpack(ArraySegment<byte> packed, Span<byte> block) => Loaded.Value.Unpack(packed, block);
}
