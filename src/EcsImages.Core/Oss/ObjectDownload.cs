using System.Buffers;
using System.Globalization;
using System.Net;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Oss;

/// <summary>Downloads an object into a file: by ranges, several at a time, all of the same object; what an earlier try has brought is not fetched again.</summary>
/// <remarks>
/// It lies beside its place until it is whole, as path.partial, with its state as path.partial.state. The CRC-64 of the whole is checked, where the
/// service tells it. Memory: 256 KiB for each part under way, and 40 bytes for each part. Blocks of zeros are holes in the file.
/// </remarks>
internal sealed class ObjectDownload
{
    private const int Block = 256 * 1024;
    private readonly OssClient _oss;
    private readonly DownloadJob _job;
    private readonly OssRequest _request;
    private readonly string _etag;
    private readonly long _size, _partSize;
    private readonly PartialFile _file;
    private long _done;

    private ObjectDownload(OssClient oss, DownloadJob job, OssRequest request, OssReply head, PartialFile file)
    {
        (_oss, _job, _request, _etag, _size, _file) = (oss, job, request, head.ETag, head.Length, file);
        _partSize = PartSizes.OfDownload(_size);
    }

    /// <returns>The size of the object, in bytes.</returns>
    /// <exception cref="AcsException">OSS refused, the object changed meanwhile, or what arrived is not what was sent. But for the last two, the next call goes on from there.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process is at the same download.</exception>
    public static async Task<long> RunAsync(OssClient oss, DownloadJob job, CancellationToken stop)
    {
        // Better now than after the last byte.
        if (Directory.Exists(job.Path)) throw new IOException($"'{job.Path}' is a folder. Name the file that the object is to become.");
        using var alone = FileLock.Take(job.Partial + ".lock", $"'{job.Path}' is being downloaded");
        var request = new OssRequest("GetObject", HttpMethod.Get, job.RegionId, job.Bucket, job.Key);
        var head = await oss.FindObjectAsync(job.RegionId, job.Bucket, job.Key, stop).ConfigureAwait(false)
            ?? throw OssClient.Error(request, "NoSuchKey", $"There is no such object in {job.RegionId}.");
        if (head.ETag.Length == 0) throw OssClient.Error(request, AcsErrorCodes.ReplyUnreadable, "The answer has no ETag: whether all parts are of one object could not be told.");
        ulong crc;
        try
        {
            var file = PartialFile.Open(job, string.Create(CultureInfo.InvariantCulture, $"2 {head.Length} {PartSizes.OfDownload(head.Length)} {head.ETag}"), head.Length);
            await using var _ = file.ConfigureAwait(false);
            crc = await new ObjectDownload(oss, job, request, head, file).RunAsync(stop).ConfigureAwait(false);
        }
        catch (AcsException e) when (e.Code is "PreconditionFailed")
        {
            Forget(job);
            throw OssClient.Error(request, e.Code, "The object was replaced while it was downloaded. Download it again.");
        }
        if (head.Crc64 is { } told && told != crc)
        {
            Forget(job);
            throw OssClient.Error(request, OssDamageException.Code, $"The bytes were changed on their way: CRC-64 {told} was sent and {crc} received. Download again; if it happens again, look for a proxy between.");
        }
        File.Move(job.Partial, job.Path, overwrite: true);
        File.Delete(job.State);
        return head.Length;
    }

    private static void Forget(DownloadJob job)
    {
        File.Delete(job.Partial);
        File.Delete(job.State);
    }

    private async Task<ulong> RunAsync(CancellationToken stop)
    {
        var parts = new ulong[PartSizes.Count(_size, _partSize)];
        using var files = new LocalFailure(stop);
        await files.ForEachAsync(Enumerable.Range(0, parts.Length), _job.Parallel, async (number, token) =>
        {
            var (start, length) = (number * _partSize, LengthOf(number));
            if (await _file.FindAsync(number, start, length, token).ConfigureAwait(false) is { } here) parts[number] = here;
            else
            {
                parts[number] = await FetchAsync(start, length, files, token).ConfigureAwait(false);
                _file.Note(number, length, parts[number]);
            }
            _job.Progress?.Report(new DiskCopyProgress(Interlocked.Add(ref _done, length), _size));
        }).ConfigureAwait(false);
        await _file.FlushAsync().ConfigureAwait(false);
        return Enumerable.Range(0, parts.Length).Aggregate(0UL, (crc, n) => Crc64.Combine(crc, parts[n], LengthOf(n)));
    }

    private Task<ulong> FetchAsync(long start, long length, LocalFailure files, CancellationToken stop)
    {
        var end = start + length - 1;
        var isFirst = true;
        return _oss.SendAsync(_request with
        {
            Repeat = Repeat.Read,
            Headers =
            [
                new("Range", string.Create(CultureInfo.InvariantCulture, $"bytes={start}-{end}")),
                new("If-Match", $"\"{_etag}\""), new("x-oss-range-behavior", "standard"),
            ],
        }, async (response, watch) =>
        {
            var range = response.Content.Headers.ContentRange;
            // Whoever answers with the whole object, or with another part of it, has not understood.
            if (response.StatusCode != HttpStatusCode.PartialContent || range is null || range.From != start || range.To != end)
                throw new OssDamageException($"The bytes {start} to {end} were asked for, and {range?.ToString() ?? "the whole object"} was answered. Look for a proxy between.");
            var wasFirst = isFirst;
            isFirst = false;
            return await TakeAsync(response, start, length, wasFirst, files, watch).ConfigureAwait(false);
        }, stop);
    }

    private async Task<ulong> TakeAsync(HttpResponseMessage response, long start, long length, bool isFirst, LocalFailure files, IdleWatch watch)
    {
        var body = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            ulong crc = 0;
            for (long at = 0; at < length;)
            {
                var piece = block.AsMemory(0, (int)Math.Min(Block, length - at));
                var got = await ReadAsync(body, piece, watch).ConfigureAwait(false);
                if (got < piece.Length) throw new IOException($"{at + got} of {length} bytes arrived");
                crc = Crc64.Append(crc, piece.Span);
                await files.GuardAsync(_file.WriteAsync(start + at, piece, isFirst, watch.Token)).ConfigureAwait(false);
                at += piece.Length;
            }
            return crc;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
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

    private long LengthOf(int number) => Math.Min(_partSize, _size - number * _partSize);
}
