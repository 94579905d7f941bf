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

    private DiskFile(string path, long size, PackageKind package, string? entry, IDisk disk, string? temporary) =>
        (FullPath, Size, Package, Entry, Disk, _temporary) = (path, size, package, entry, disk, temporary);

    public string FullPath { get; }

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
            return new DiskFile(path, size, package, entry, await Opening(path, options).OpenAsync(source, stop).ConfigureAwait(false), temporary);
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

    private static DiskOpening Opening(string path, DiskFileOptions options) => new()
    {
        Format = options.Format,
        Zstd = options.Zstd,
        Sibling = name => FileSource.Open(Beside(path, name)),
        Backing = options.FollowsBackingFiles ? static (source, name) => FileSource.Open(Beside(source.Name, name)) : null,
    };

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

    private static string Beside(string path, string name) => Path.Combine(Path.GetDirectoryName(path) ?? "", name);

    private sealed class Relay(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
