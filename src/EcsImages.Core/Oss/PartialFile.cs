using System.Buffers;
using System.Globalization;
using System.Text;
using EcsImages.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Core.Oss;

/// <summary>A file that comes in part by part, with a note of each part that is here: its number and its CRC-64.</summary>
/// <remarks>A part that an earlier try noted counts where the file has its bytes: a machine that lost its power may have kept the note alone.</remarks>
internal sealed class PartialFile : IAsyncDisposable
{
    private const int Block = 256 * 1024;

    // The kernel takes pages as large as what is written at once, and those were seen to cost some virtual machines three times the time: their host had them back.
    private const int AtOnce = 64 * 1024;

    // The disk is to have work while more comes in, and not all of it after the last byte.
    private const long Unflushed = 64 * 1024 * 1024;

    private readonly SafeFileHandle _file;
    private readonly FileStream _notes;
    private readonly Dictionary<int, ulong> _noted;
    private readonly bool _isNew;
    private Task _flushing = Task.CompletedTask;
    private long _unflushed;

    private PartialFile(SafeFileHandle file, FileStream notes, Dictionary<int, ulong> noted, bool isNew) =>
        (_file, _notes, _noted, _isNew) = (file, notes, noted, isNew);

    /// <summary>Opens what an earlier try left of the same object, or begins anew.</summary>
    /// <param name="job">Where it lies.</param>
    /// <param name="what">The object, in words that no other has; on one line.</param>
    /// <param name="size">Of the whole, in bytes.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static PartialFile Open(DownloadJob job, string what, long size)
    {
        var noted = File.Exists(job.Partial) ? Read(job.State, what) : null;
        if (noted is null) File.Delete(job.Partial);
        var file = File.OpenHandle(job.Partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            if (OperatingSystem.IsWindows()) FileHoles.Allow(file);
            if (RandomAccess.GetLength(file) != size) RandomAccess.SetLength(file, size);
            var notes = new FileStream(job.State, noted is null ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read, 1);
            // The line that a kill cut in two is left behind as no line.
            notes.Write(Encoding.ASCII.GetBytes(noted is null ? what + "\n" : "\n"));
            return new PartialFile(file, notes, noted ?? [], noted is null);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether an earlier try noted a part.</summary>
    public bool MayHave(int number) => _noted.ContainsKey(number);

    /// <summary>Whether a part is here, whole and as it was noted.</summary>
    /// <returns>Its CRC-64; null where it is to be fetched.</returns>
    public async Task<ulong?> FindAsync(int number, long start, long length, CancellationToken stop)
    {
        if (!_noted.TryGetValue(number, out var noted)) return null;
        ulong crc = 0;
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (long at = 0; at < length;)
            {
                var piece = block.AsMemory(0, (int)Math.Min(Block, length - at));
                if (await RandomAccess.ReadAsync(_file, piece, start + at, stop).ConfigureAwait(false) < piece.Length) return null;
                crc = Crc64.Append(crc, piece.Span);
                at += piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
        return crc == noted ? crc : null;
    }

    /// <summary>Writes a piece of a part; zeros are left as the hole that they are.</summary>
    /// <param name="at">Where it stands in the whole.</param>
    /// <param name="piece">The bytes.</param>
    /// <param name="isFirst">Whether nobody has written there before, in this try.</param>
    /// <param name="stop">Stops it.</param>
    public async ValueTask WriteAsync(long at, ReadOnlyMemory<byte> piece, bool isFirst, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        // What an attempt left that broke off may have been damaged: only a hole is sure to be zeros.
        if (!piece.Span.ContainsAnyExcept((byte)0) && (_isNew && isFirst || !await HasBytesAsync(at, piece.Length, stop).ConfigureAwait(false))) return;
        // The runtime would have another thread of the pool wait for the system; whoever writes is on one already.
        for (var done = 0; done < piece.Length; done += AtOnce)
            RandomAccess.Write(_file, piece.Span.Slice(done, Math.Min(AtOnce, piece.Length - done)), at + done);
    }

    /// <summary>Notes that a part is here, and sees to it that not too much waits for the disk.</summary>
    public void Note(int number, long length, ulong crc)
    {
        lock (_notes)
        {
            _notes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} {crc} .\n")));
            _unflushed += length;
            if (_unflushed < Unflushed || !_flushing.IsCompleted || _flushing.IsFaulted) return;
            _unflushed = 0;
            // A thread of its own: it waits for the disk, and those of the pool are few.
            _flushing = Task.Factory.StartNew(() => RandomAccess.FlushToDisk(_file), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Makes all that is here outlast the machine.</summary>
    public async Task FlushAsync()
    {
        await _flushing.ConfigureAwait(false);
        RandomAccess.FlushToDisk(_file);
    }

    public async ValueTask DisposeAsync()
    {
        await _flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _notes.DisposeAsync().ConfigureAwait(false);
        _file.Dispose();
    }

    private async ValueTask<bool> HasBytesAsync(long at, int length, CancellationToken stop)
    {
        var there = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var count = await RandomAccess.ReadAsync(_file, there.AsMemory(0, length), at, stop).ConfigureAwait(false);
            return count < length || there.AsSpan(0, length).ContainsAnyExcept((byte)0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(there);
        }
    }

    // The object first, then a line for each part. Null where it is another object's.
    private static Dictionary<int, ulong>? Read(string path, string what)
    {
        if (!File.Exists(path)) return null;
        using var lines = File.ReadLines(path).GetEnumerator();
        if (!lines.MoveNext() || lines.Current != what) return null;
        var noted = new Dictionary<int, ulong>();
        while (lines.MoveNext())
            if (lines.Current.Split(' ') is [var number, var crc, "."]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && ulong.TryParse(crc, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) noted[n] = value;
        return noted;
    }
}
