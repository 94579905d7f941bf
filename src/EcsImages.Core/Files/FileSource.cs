using System.Runtime.CompilerServices;
using EcsImages.Core.Disks;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Core.Files;

/// <summary>A file as a source of bytes; its holes are seen where the system tells them.</summary>
internal sealed class FileSource : IByteSource
{
    private readonly SafeFileHandle _file;

    // Where bytes were last seen to lie.
    private StrongBox<DiskRange>? _stored;

    private FileSource(string path, SafeFileHandle file) => (Name, _file, Length) = (path, file, RandomAccess.GetLength(file));

    public string Name { get; }

    public long Length { get; }

    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it; null for the path.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <exception cref="IOException">It cannot be opened, or is no file.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileSource Open(string path, string? name = null, FileShare share = FileShare.Read | FileShare.Delete)
    {
        // A device would count as empty, and a pipe would wait for who writes to it.
        RegularFile.Need(path);
        return new(name ?? path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, share));
    }

    // The runtime would have another thread of the pool wait for the system; who reads much is on one already.

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return new(RandomAccess.Read(_file, buffer.Span, offset));
    }

    /// <summary>As of the source; what is known to be stored is not asked for again.</summary>
    /// <remarks>To find the next hole, some file systems look through all that lies before it: asked for each block of a large file, that takes longer than to read it.</remarks>
    public DiskRange RangeAt(long offset)
    {
        if (Volatile.Read(ref _stored) is { Value: var known } && offset >= known.Start && offset < known.End) return new DiskRange(offset, known.End - offset, IsZero: false);
        var range = FileHoles.RangeAt(_file, offset, Length);
        if (!range.IsZero) Volatile.Write(ref _stored, new StrongBox<DiskRange>(range));
        return range;
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
