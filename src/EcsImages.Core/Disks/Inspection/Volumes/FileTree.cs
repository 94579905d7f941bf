using System.Text;

namespace EcsImages.Core.Disks.Inspection.Volumes;

/// <summary>The files of a system by their paths, over the volumes that it mounts. What is damaged is noted, and counts as unreadable.</summary>
internal sealed class FileTree(IVolume root, string rootName)
{
    private const int MostLinks = 40, MostLinkLength = 4096, MostDamages = 10;
    private readonly Dictionary<string, (IVolume Volume, string Name)> _mounts = new(StringComparer.Ordinal) { [""] = (root, rootName) };
    private readonly Dictionary<(IVolume, long), IReadOnlyList<FolderEntry>> _folders = [];
    private readonly List<string> _damages = [];

    /// <summary>What could not be read, in sentences.</summary>
    public IReadOnlyList<string> Damages => _damages;

    /// <summary>Shows a volume in place of a folder, such as /boot.</summary>
    public void Mount(string path, IVolume volume, string name) => _mounts[path.TrimEnd('/')] = (volume, name);

    /// <summary>Whether something is there; null where what leads to it is damaged.</summary>
    public ValueTask<bool?> HasAsync(string path, CancellationToken stop) =>
        GuardAsync<bool?>(path, null, async () => await FindAsync(path, stop).ConfigureAwait(false) is not null);

    /// <summary>The first bytes of a file; null where there is none, or it is damaged.</summary>
    public ValueTask<byte[]?> ReadAsync(string path, int most, CancellationToken stop) => GuardAsync<byte[]?>(path, null, async () =>
        await FindAsync(path, stop).ConfigureAwait(false) is { Node.Kind: FileKind.File } found ? await found.Volume.ReadAsync(found.Node, most, stop).ConfigureAwait(false) : null);

    public async ValueTask<string?> ReadTextAsync(string path, int most, CancellationToken stop) =>
        await ReadAsync(path, most, stop).ConfigureAwait(false) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>The names in a folder that can be shown; none where there is no such folder, or it is damaged.</summary>
    public ValueTask<IReadOnlyList<string>> NamesAsync(string path, CancellationToken stop) => GuardAsync<IReadOnlyList<string>>(path, [], async () =>
        await FindAsync(path, stop).ConfigureAwait(false) is { Node.Kind: FileKind.Folder } found
            ? [.. (await ListAsync(found.Volume, found.Node, stop).ConfigureAwait(false)).Select(static e => e.Name).Where(VolumeText.IsClean)] : []);

    private async ValueTask<T> GuardAsync<T>(string path, T otherwise, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (DamagedVolumeException e)
        {
            var name = _mounts[MountOf(path)].Name;
            if (_damages.Count < MostDamages) _damages.Add($"{char.ToUpperInvariant(name[0])}{name[1..]}: {path} cannot be read: {e.Message}.");
            return otherwise;
        }
    }

    private async Task<Place?> FindAsync(string path, CancellationToken stop)
    {
        var links = 0;
        var trail = new Stack<Place>();
        trail.Push(new Place("", root, await root.RootAsync(stop).ConfigureAwait(false)));
        var rest = new Stack<string>(Backwards(path));
        while (rest.TryPop(out var name))
        {
            if (name == ".") continue;
            if (name == "..")
            {
                if (trail.Count > 1) trail.Pop();
                continue;
            }
            if (await StepAsync(trail.Peek(), name, stop).ConfigureAwait(false) is not { } next) return null;
            if (next.Node.Kind is not FileKind.Link)
            {
                trail.Push(next);
                continue;
            }
            if (++links > MostLinks) throw new DamagedVolumeException($"more than {MostLinks} links lead on to each other");
            var target = Encoding.UTF8.GetString(await next.Volume.ReadAsync(next.Node, MostLinkLength, stop).ConfigureAwait(false));
            if (target.StartsWith('/'))
                while (trail.Count > 1) trail.Pop();
            foreach (var part in Backwards(target)) rest.Push(part);
        }
        return trail.Peek();
    }

    private async ValueTask<Place?> StepAsync(Place folder, string name, CancellationToken stop)
    {
        if (folder.Node.Kind is not FileKind.Folder) return null;
        var path = $"{folder.Path}/{name}";
        if (_mounts.TryGetValue(path, out var mount)) return new Place(path, mount.Volume, await mount.Volume.RootAsync(stop).ConfigureAwait(false));
        var comparison = folder.Volume.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var entry in await ListAsync(folder.Volume, folder.Node, stop).ConfigureAwait(false))
            if (entry.Name.Equals(name, comparison)) return new Place(path, folder.Volume, await folder.Volume.NodeAsync(entry, stop).ConfigureAwait(false));
        return null;
    }

    private async ValueTask<IReadOnlyList<FolderEntry>> ListAsync(IVolume volume, FileNode folder, CancellationToken stop)
    {
        if (_folders.TryGetValue((volume, folder.Id), out var known)) return known;
        return _folders[(volume, folder.Id)] = await volume.ListAsync(folder, stop).ConfigureAwait(false);
    }

    private string MountOf(string path) => _mounts.Keys.Where(m => m.Length == 0 || path == m || path.StartsWith(m + "/", StringComparison.Ordinal)).MaxBy(static m => m.Length)!;

    private static IEnumerable<string> Backwards(string path) => Enumerable.Reverse(path.Split('/', StringSplitOptions.RemoveEmptyEntries));

    private sealed record Place(string Path, IVolume Volume, FileNode Node);
}
