using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Packages;

namespace EcsImages.Core.Files;

/// <summary>How disk-image files are opened.</summary>
internal sealed record DiskFileOptions
{
    /// <summary>Unpacks Zstandard; null where it is not at hand.</summary>
    public IUnpacker? Zstd { get; init; }

    /// <summary>Whether the files that one is based on are opened too, wherever they lie.</summary>
    public bool FollowsBackingFiles { get; init; }

    /// <summary>Null finds out.</summary>
    public DiskFormat? Format { get; init; }

    /// <summary>Where a disk lies while it is out of its package.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>The largest disk that is taken out of a package, in bytes.</summary>
    public long MostUnpacked { get; init; } = 2L << 40;

    /// <summary>Told how many bytes of a package are done, of how many.</summary>
    public IProgress<DiskCopyProgress>? Unpacking { get; init; }
}

/// <summary>A disk-image file that is open: by its format, out of its package, with the files that belong to it.</summary>
internal sealed class DiskFile : IAsyncDisposable
{
    private readonly string? _temporary;

    private DiskFile(string path, IReadOnlyList<string> parts, long size, PackageKind package, string? entry, IDisk disk, string? temporary) =>
        (FullPath, Files, Size, Package, Entry, Disk, _temporary) = (path, [path, .. parts], size, package, entry, disk, temporary);

    public string FullPath { get; }

    /// <summary>The file, and all others that a part of the disk lies in.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Of the file, in bytes.</summary>
    public long Size { get; }

    public PackageKind Package { get; }

    /// <summary>The name of the disk in its archive; null where there is none.</summary>
    public string? Entry { get; }

    public IDisk Disk { get; }

    /// <exception cref="DiskFormatException">It is damaged, or cannot be read here.</exception>
    /// <exception cref="IOException">It cannot be opened, or there is no room for what is in its package.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<DiskFile> OpenAsync(string path, DiskFileOptions options, CancellationToken stop)
    {
        var source = FileSource.Open(path);
        var size = source.Length;
        PackageKind package;
        string? temporary = null, entry = null;
        try
        {
            package = options.Format is null ? await DiskPackage.DetectAsync(source, stop).ConfigureAwait(false) : PackageKind.None;
            if (package is not PackageKind.None)
            {
                temporary = Path.Combine(options.TemporaryFolder, $".ecs-{Guid.NewGuid():N}.disk");
                entry = await UnpackAsync(source, package, temporary, options, stop).ConfigureAwait(false);
                await source.DisposeAsync().ConfigureAwait(false);
                source = FileSource.Open(temporary, path);
            }
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            if (temporary is not null) File.Delete(temporary);
            throw;
        }
        try
        {
            // From here on the source is the disk's, also where opening fails.
            var parts = new List<string>();
            var disk = await Opening(options, parts).OpenAsync(source, stop).ConfigureAwait(false);
            return new DiskFile(path, parts, size, package, entry, disk, temporary);
        }
        catch
        {
            if (temporary is not null) File.Delete(temporary);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Disk.DisposeAsync().ConfigureAwait(false);
        if (_temporary is not null) File.Delete(_temporary);
    }

    private static DiskOpening Opening(DiskFileOptions options, List<string> parts)
    {
        return new() { Format = options.Format, Zstd = options.Zstd, Sibling = Open, Backing = options.FollowsBackingFiles ? Open : null };

        IByteSource Open(IByteSource source, string name)
        {
            var path = Path.Combine(Path.GetDirectoryName(source.Name) ?? "", name);
            parts.Add(path);
            return FileSource.Open(path);
        }
    }

    private static async Task<string?> UnpackAsync(FileSource source, PackageKind package, string to, DiskFileOptions options, CancellationToken stop)
    {
        var folder = Path.GetDirectoryName(to)!;
        // What is not zeros takes about as much as it does packed, if not more.
        if (FreeRoom.In(folder) is { } free && source.Length > free) throw Full($"{free} bytes left");
        var sink = FileSink.Create(to, isPrivate: true);
        await using (sink.ConfigureAwait(false))
        {
            var progress = options.Unpacking is { } told ? new Relay(done => told.Report(new DiskCopyProgress(done, source.Length))) : null;
            try
            {
                return await DiskPackage.UnpackAsync(source, package, sink, options.MostUnpacked, progress, stop).ConfigureAwait(false);
            }
            catch (IOException e) when (FreeRoom.IsUsedUp(e))
            {
                throw Full("no room for all of it", e);
            }
        }

        IOException Full(string left, Exception? cause = null) =>
            new($"The disk in '{source.Name}' of {source.Length} bytes is unpacked into '{folder}' to be read, which has {left}. Make room there, or unpack it yourself where there is some.", cause);
    }

    private sealed class Relay(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
