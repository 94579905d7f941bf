using EcsImages.Core.Disks;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Core.Files;

/// <summary>A new file as a sink of bytes; what is not written stays a hole where the file system has any.</summary>
internal sealed class FileSink : IByteSink
{
    private readonly SafeFileHandle _file;

    private FileSink(SafeFileHandle file) => _file = file;

    public bool TakesAnyOrder => true;

    /// <exception cref="IOException">It cannot be made, or is there already.</exception>
    public static FileSink Create(string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        if (OperatingSystem.IsWindows()) FileHoles.Allow(file);
        return new FileSink(file);
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

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
