using EcsImages.Core.Disks;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Core.Files;

/// <summary>A new file as a sink of bytes; what is not written stays a hole where the file system has any.</summary>
internal sealed class FileSink : IByteSink
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _file;

    private FileSink(FileStream stream) => (_stream, _file) = (stream, stream.SafeFileHandle);

    public bool TakesAnyOrder => true;

    /// <param name="path">The file.</param>
    /// <param name="isPrivate">Whether nobody else may read it, from its first moment on. On Windows its folder decides.</param>
    /// <exception cref="IOException">It cannot be made, or is there already.</exception>
    public static FileSink Create(string path, bool isPrivate = false)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (isPrivate && !OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var sink = new FileSink(new FileStream(path, options));
        if (OperatingSystem.IsWindows()) FileHoles.Allow(sink._file);
        return sink;
    }

    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        // As in FileSource, on the thread of who writes.
        RandomAccess.Write(_file, bytes.Span, offset);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompleteAsync(long length, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (RandomAccess.GetLength(_file) != length) RandomAccess.SetLength(_file, length);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until all that was written would outlast a loss of power.</summary>
    public void Flush() => RandomAccess.FlushToDisk(_file);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
