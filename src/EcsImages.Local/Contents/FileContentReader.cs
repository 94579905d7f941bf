using Microsoft.Win32.SafeHandles;

namespace EcsImages.Local.Contents;

/// <summary>Reads a content that has a file of its own.</summary>
/// <remarks>Once open it goes on reading even if the content is collected meanwhile. Memory: 4 MiB, and 32 bytes for each stored MiB.</remarks>
internal sealed class FileContentReader : ContentReader
{
    private const int Cached = 4;
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly DigestTable _digests;
    private readonly List<(long MiB, byte[] Bytes)> _cache = [];       // the last used one is the last

    private FileContentReader(ContentRow row, string path, SafeFileHandle file, DigestTable digests)
        : base(row) => (_path, _file, _digests) = (path, file, digests);

    /// <exception cref="ContentDamagedException">Its file is not there or too short.</exception>
    public static FileContentReader Open(ContentRow row, string path, DigestTable digests)
    {
        var file = OpenFile(row.Id, path);
        try
        {
            var length = RandomAccess.GetLength(file);
            if (length < row.Length) throw new ContentDamagedException(row.Id, path, $"the file has {length} of {row.Length} bytes");
            return new FileContentReader(row, path, file, digests);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        while (!buffer.IsEmpty)
        {
            var (mib, at) = (MiB.Of(offset), (int)(offset % MiB.Size));
            var part = buffer[..Math.Min(buffer.Length, MiB.Size - at)];
            if (_digests.Contains(mib)) await ReadStoredAsync(mib, at, part, stop).ConfigureAwait(false);
            else part.Span.Clear();
            buffer = buffer[part.Length..];
            offset += part.Length;
        }
    }

    public override void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenFile(string contentId, string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete,
                FileOptions.Asynchronous | FileOptions.RandomAccess);
        }
        catch (FileNotFoundException)
        {
            throw new ContentDamagedException(contentId, path, "its file is not there");
        }
    }

    protected override IEnumerable<ContentExtent> Stored(long start, long end)
    {
        var (from, to) = (start, start);
        foreach (var mib in _digests.Stored(MiB.Of(start), MiB.Of(end - 1) + 1))
        {
            var first = Math.Max(start, mib * MiB.Size);
            if (first != to)
            {
                if (to > from) yield return new ContentExtent(from, to - from);
                from = first;
            }
            to = Math.Min(end, (mib + 1) * MiB.Size);
        }
        if (to > from) yield return new ContentExtent(from, to - from);
    }

    private async ValueTask ReadStoredAsync(long mib, int at, Memory<byte> part, CancellationToken stop)
    {
        var whole = MiB.LengthOf(mib, Length);
        var stored = Math.Clamp(whole - at, 0, part.Length);
        part.Span[stored..].Clear();
        var cached = _cache.FindIndex(c => c.MiB == mib);
        if (cached < 0 && stored == whole)
        {
            // The caller's buffer takes the MiB as a whole; what fails the check is not left in it.
            try
            {
                await StoredMiB.ReadAsync(_file, Id, _path, mib, part[..stored], _digests, stop).ConfigureAwait(false);
            }
            catch (ContentDamagedException)
            {
                part.Span.Clear();
                throw;
            }
            return;
        }
        var bytes = cached >= 0 ? Touch(cached) : await FetchAsync(mib, whole, stop).ConfigureAwait(false);
        if (stored > 0) bytes.AsSpan(at, stored).CopyTo(part.Span);
    }

    private byte[] Touch(int index)
    {
        var entry = _cache[index];
        _cache.RemoveAt(index);
        _cache.Add(entry);
        return entry.Bytes;
    }

    private async ValueTask<byte[]> FetchAsync(long mib, int whole, CancellationToken stop)
    {
        byte[] bytes = [];
        if (_cache.Count == Cached)
        {
            bytes = _cache[0].Bytes;
            _cache.RemoveAt(0);
        }
        if (bytes.Length < whole) bytes = new byte[whole];
        await StoredMiB.ReadAsync(_file, Id, _path, mib, bytes.AsMemory(0, whole), _digests, stop).ConfigureAwait(false);
        _cache.Add((mib, bytes));
        return bytes;
    }
}
