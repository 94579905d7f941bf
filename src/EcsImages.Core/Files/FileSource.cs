using EcsImages.Core.Disks;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Core.Files;

/// <summary>A file as a source of bytes; its holes are seen where the system tells them.</summary>
internal sealed class FileSource : IByteSource
{
    private readonly SafeFileHandle _file;

    private FileSource(string path, SafeFileHandle file) => (Name, _file, Length) = (path, file, RandomAccess.GetLength(file));

    public string Name { get; }

    public long Length { get; }

    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it; null for the path.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileSource Open(string path, string? name = null, FileShare share = FileShare.Read | FileShare.Delete) =>
        new(name ?? path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, share));

    // The runtime would have another thread of the pool wait for the system; who reads much is on one already.

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(RandomAccess.Read(_file, buffer.Span, offset));
    }

    public DiskRange RangeAt(long offset) => FileHoles.RangeAt(_file, offset, Length);

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
