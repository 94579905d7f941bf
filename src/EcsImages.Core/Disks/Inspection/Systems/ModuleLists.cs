using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection.Systems;

/// <summary>Which drivers a kernel has: by the lists of its modules, or by the configuration that it was built with.</summary>
internal sealed class ModuleLists
{
    private const int MostBytes = 4 << 20;
    private readonly HashSet<string>? _builtIn, _modules;
    private readonly HashSet<string>? _configuration;

    private ModuleLists(HashSet<string>? builtIn, HashSet<string>? modules, HashSet<string>? configuration) => (_builtIn, _modules, _configuration) = (builtIn, modules, configuration);

    public static async ValueTask<ModuleLists> ReadAsync(FileTree tree, string bootFolder, string version, CancellationToken stop)
    {
        var folder = $"/lib/modules/{version}";
        var builtIn = await tree.ReadTextAsync($"{folder}/modules.builtin", MostBytes, stop).ConfigureAwait(false);
        var modules = await tree.ReadTextAsync($"{folder}/modules.dep", MostBytes, stop).ConfigureAwait(false);
        var configuration = await tree.ReadTextAsync($"{bootFolder}/config-{version}", MostBytes, stop).ConfigureAwait(false);
        return new ModuleLists(builtIn is null ? null : Names(builtIn), modules is null ? null : Names(modules),
            configuration?.Split('\n').Select(static l => l.Trim()).ToHashSet(StringComparer.Ordinal));
    }

    /// <param name="module">Such as virtio_blk.</param>
    /// <param name="option">Of the kernel's configuration, such as VIRTIO_BLK.</param>
    public DriverState Of(string module, string option)
    {
        if (_builtIn?.Contains(module) == true || _configuration?.Contains($"CONFIG_{option}=y") == true) return DriverState.BuiltIn;
        if (_modules is not null) return _modules.Contains(module) ? DriverState.Module : _builtIn is null ? DriverState.Unknown : DriverState.Absent;
        return _configuration is null ? DriverState.Unknown : _configuration.Contains($"CONFIG_{option}=m") ? DriverState.Module : DriverState.Absent;
    }

    // Lines such as kernel/drivers/block/virtio_blk.ko.xz: kernel/…
    private static HashSet<string> Names(string list)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in list.AsSpan().EnumerateLines())
        {
            var path = line.IndexOf(':') is >= 0 and var colon ? line[..colon] : line;
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (name.IndexOf(".ko", StringComparison.Ordinal) is > 0 and var end) names.Add(name[..end].ToString().Replace('-', '_'));
        }
        return names;
    }
}
