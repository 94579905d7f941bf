using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Packages;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Files;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>A disk-image file as it travels: as it is where the service takes it so, else as the QCOW2 file that it would be converted to, made while it is sent.</summary>
/// <remarks>Only what the disk holds travels: a plain QCOW2 leaves zeros out already, and the one that is made does.</remarks>
internal sealed class UploadFile : IAsyncDisposable
{
    private readonly DiskFile _file;
    private readonly FileSource? _asItIs;

    private UploadFile(DiskFile file, IByteSource source, FileSource? asItIs) => (_file, Source, _asItIs) = (file, source, asItIs);

    /// <summary>As the service writes it.</summary>
    public static string Format => DiskFormat.Qcow2.Name();

    /// <summary>What travels; it lasts as long as this does.</summary>
    public IByteSource Source { get; }

    /// <summary>How the file stores the disk.</summary>
    public string SourceFormat => _file.Disk.Format.Name();

    /// <summary>Whether it is converted on the way.</summary>
    public bool IsConverted => _asItIs is null;

    /// <param name="file">Is this one's from now on, also where it fails.</param>
    /// <param name="isSent">Whether it will be; else it is not read through for zeros.</param>
    /// <param name="progress">Told how much was looked through for zeros.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<UploadFile> OpenAsync(DiskFile file, bool isSent, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        try
        {
            if (await FindPlainAsync(file, stop).ConfigureAwait(false) is { } plain) return new UploadFile(file, plain, plain);
            // Formats of blocks have none that is all zeros, or few; a look would unpack each block twice.
            var findsZeros = isSent && file.Disk.Format is DiskFormat.Raw or DiskFormat.Vhd;
            return new UploadFile(file, await Qcow2View.OpenAsync(file.Disk, findsZeros, progress, stop).ConfigureAwait(false), null);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_asItIs is not null) await _asItIs.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    // What was not closed cleanly, needs other files, or uses what came later to the format, is made anew.
    private static async Task<FileSource?> FindPlainAsync(DiskFile file, CancellationToken stop)
    {
        if (file.Disk.Format is not DiskFormat.Qcow2 || file.Package is not PackageKind.None) return null;
        var source = FileSource.Open(file.FullPath);
        var isPlain = false;
        try
        {
            var header = await Qcow2Header.ReadAsync(source, stop).ConfigureAwait(false);
            isPlain = header is { IsDirty: false, IsCorrupt: false, HasSubclusters: false, BackingFile: null, Snapshots: 0, Compression: Qcow2Compression.Deflate };
            return isPlain ? source : null;
        }
        finally
        {
            if (!isPlain) await source.DisposeAsync().ConfigureAwait(false);
        }
    }
}
