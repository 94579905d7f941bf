using System.Globalization;
using System.Text;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Core.Oss;

/// <summary>What is to be downloaded, and where to.</summary>
/// <param name="RegionId">The region of the bucket.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The object.</param>
/// <param name="Path">The file that it becomes, in full; one that is there is replaced, by a whole one.</param>
internal sealed record DownloadJob(string RegionId, string Bucket, string Key, string Path)
{
    /// <summary>How many parts are under way at a time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Told how many bytes are here.</summary>
    public IProgress<DiskCopyProgress>? Progress { get; init; }
}

/// <summary>Downloads an object into a file: by ranges, several at a time, all of the same object; what an earlier try has brought is not fetched again.</summary>
/// <remarks>
/// It lies beside its place until it is whole, as path.partial, with its state as path.partial.state. The CRC-64 of the whole is checked.
/// Memory: 256 KiB for each part under way. Blocks of zeros are holes in the file.
/// </remarks>
internal sealed class ObjectDownload : IDisposable
{
    private const long PartSize = 8L << 20;
    private const int Block = 256 * 1024;
    private readonly OssClient _oss;
    private readonly DownloadJob _job;
    private readonly string _etag;
    private readonly long _size;
    private readonly SafeFileHandle _file;
    private readonly FileStream _state;
    private readonly Dictionary<int, ulong> _parts;
    private long _done;

    private ObjectDownload(OssClient oss, DownloadJob job, string etag, long size, SafeFileHandle file, FileStream state, Dictionary<int, ulong> parts) =>
        (_oss, _job, _etag, _size, _file, _state, _parts) = (oss, job, etag, size, file, state, parts);

    /// <returns>The size of the object, in bytes.</returns>
    /// <exception cref="AcsException">OSS refused, the object changed meanwhile, or what arrived is not what was sent. But for the last two, the next call goes on from there.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<long> RunAsync(OssClient oss, DownloadJob job, CancellationToken stop)
    {
        var request = new OssRequest("GetObject", HttpMethod.Get, job.RegionId, job.Bucket, job.Key);
        var head = await oss.FindObjectAsync(job.RegionId, job.Bucket, job.Key, stop).ConfigureAwait(false)
            ?? throw OssClient.Error(request, "NoSuchKey", $"There is no such object in {job.RegionId}.");
        var (partial, state) = (job.Path + ".partial", job.Path + ".partial.state");
        ulong crc;
        using (var download = Open(oss, job, head.ETag, head.Length, partial, state))
            crc = await download.RunAsync(request, stop).ConfigureAwait(false);
        if (head.Crc64 is { } told && told != crc)
        {
            File.Delete(partial);
            File.Delete(state);
            throw OssClient.Error(request, "ChecksumMismatch", $"The bytes were changed on their way: CRC-64 {told} was sent and {crc} received. Download again; if it happens again, look for a proxy between.");
        }
        File.Move(partial, job.Path, overwrite: true);
        File.Delete(state);
        return head.Length;
    }

    public void Dispose()
    {
        _state.Dispose();
        _file.Dispose();
    }

    private static ObjectDownload Open(OssClient oss, DownloadJob job, string etag, long size, string partial, string state)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"1 {size} {PartSize} {etag}");
        var parts = File.Exists(partial) ? ReadState(state, first) : null;
        if (parts is null) File.Delete(partial);
        var file = File.OpenHandle(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (OperatingSystem.IsWindows()) FileHoles.Allow(file);
        if (RandomAccess.GetLength(file) != size) RandomAccess.SetLength(file, size);
        var log = new FileStream(state, parts is null ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read, 1);
        // The line that a kill cut in two is left behind as no line.
        log.Write(Encoding.ASCII.GetBytes(parts is null ? first + "\n" : "\n"));
        return new ObjectDownload(oss, job, etag, size, file, log, parts ?? []);
    }

    // The object first, then a line for each part that is here: its number and its CRC-64. Null where it is another object's.
    private static Dictionary<int, ulong>? ReadState(string state, string first)
    {
        if (!File.Exists(state)) return null;
        var lines = File.ReadAllText(state).Split('\n');
        if (lines[0] != first) return null;
        var parts = new Dictionary<int, ulong>();
        // What follows the last line end was cut off.
        foreach (var line in lines[1..^1])
            if (line.Split(' ') is [var number, var crc, "."] && int.TryParse(number, out var n) && ulong.TryParse(crc, out var value)) parts[n] = value;
        return parts;
    }

    private async Task<ulong> RunAsync(OssRequest request, CancellationToken stop)
    {
        var count = (int)((_size + PartSize - 1) / PartSize);
        _done = _parts.Keys.Sum(LengthOf);
        var missing = Enumerable.Range(0, count).Where(n => !_parts.ContainsKey(n)).ToArray();
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = _job.Parallel, CancellationToken = stop }, async (number, token) =>
        {
            var crc = await FetchAsync(request, number, token).ConfigureAwait(false);
            lock (_parts)
            {
                _parts[number] = crc;
                _state.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} {crc} .\n")));
            }
            _job.Progress?.Report(new DiskCopyProgress(Interlocked.Add(ref _done, LengthOf(number)), _size));
        }).ConfigureAwait(false);
        RandomAccess.FlushToDisk(_file);
        return Enumerable.Range(0, count).Aggregate(0UL, (crc, n) => Crc64.Combine(crc, _parts[n], LengthOf(n)));
    }

    private Task<ulong> FetchAsync(OssRequest request, int number, CancellationToken stop)
    {
        var (start, length) = (number * PartSize, LengthOf(number));
        return _oss.SendAsync(request with
        {
            Repeat = Repeat.Read,
            Headers =
            [
                new("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={start}-{start + length - 1}")),
                new("If-Match", $"\"{_etag}\""), new("x-oss-range-behavior", "standard"),
            ],
        }, async (response, watch) =>
        {
            var body = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
            var block = new byte[Block];
            ulong crc = 0;
            for (long at = 0; at < length;)
            {
                var piece = block.AsMemory(0, (int)Math.Min(Block, length - at));
                var got = await ReadAsync(body, piece, watch).ConfigureAwait(false);
                if (got < piece.Length) throw new IOException($"{at + got} of {length} bytes arrived");
                crc = Crc64.Append(crc, piece.Span);
                if (piece.Span.ContainsAnyExcept((byte)0)) await RandomAccess.WriteAsync(_file, piece, start + at, watch.Token).ConfigureAwait(false);
                at += piece.Length;
            }
            return crc;
        }, stop);
    }

    private static async Task<int> ReadAsync(Stream body, Memory<byte> buffer, IdleWatch watch)
    {
        var filled = 0;
        while (filled < buffer.Length && await body.ReadAsync(buffer[filled..], watch.Token).ConfigureAwait(false) is > 0 and var count)
        {
            watch.Touch();
            filled += count;
        }
        return filled;
    }

    private long LengthOf(int number) => Math.Min(PartSize, _size - number * PartSize);
}
