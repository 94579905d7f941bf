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
/// service tells it. One request brings many parts, each of which is noted as soon as it is here: a connection that breaks off loses one part, and what
/// is left is asked for anew. Memory: 256 KiB for each request under way, and 40 bytes for each part. Blocks of zeros are holes in the file.
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
    private readonly ulong[] _parts;
    private long _done;

    private ObjectDownload(OssClient oss, DownloadJob job, OssRequest request, OssReply head, PartialFile file)
    {
        (_oss, _job, _request, _etag, _size, _file) = (oss, job, request, head.ETag, head.Length, file);
        _partSize = PartSizes.OfDownload(_size);
        _parts = new ulong[PartSizes.Count(_size, _partSize)];
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
        var run = PartSizes.OfRun(_parts.Length, _job.Parallel);
        using var files = new LocalFailure(stop);
        await files.ForEachAsync(Enumerable.Range(0, PartSizes.Count(_parts.Length, run)), _job.Parallel, async (number, token) =>
            await BringAsync(number * run, Math.Min((number + 1) * run, _parts.Length), files, token).ConfigureAwait(false)).ConfigureAwait(false);
        await _file.FlushAsync().ConfigureAwait(false);
        return Enumerable.Range(0, _parts.Length).Aggregate(0UL, (crc, n) => Crc64.Combine(crc, _parts[n], LengthOf(n)));
    }

    // Parts from a first to before an end. What follows one that is not here comes with it, up to the next that may be here.
    private async Task BringAsync(int number, int end, LocalFailure files, CancellationToken stop)
    {
        var isFirst = true;
        while (number < end)
        {
            if (await _file.FindAsync(number, number * _partSize, LengthOf(number), stop).ConfigureAwait(false) is { } here)
            {
                Take(number++, here);
                continue;
            }
            var until = number + 1;
            while (until < end && !_file.MayHave(until)) until++;
            number = await FetchAsync(number, until, isFirst, files, stop).ConfigureAwait(false);
            isFirst = false;
        }
    }

    /// <returns>The first part that has not come; never the one to begin with.</returns>
    private Task<int> FetchAsync(int number, int until, bool isFirst, LocalFailure files, CancellationToken stop)
    {
        var (start, end) = (number * _partSize, Math.Min(until * _partSize, _size) - 1);
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
            var (wasFirst, at) = (isFirst, number);
            isFirst = false;
            try
            {
                var body = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
                for (; at < until; at++)
                {
                    var crc = await TakeAsync(body, at, wasFirst, files, watch).ConfigureAwait(false);
                    await files.GuardAsync(() => _file.Note(at, LengthOf(at), crc)).ConfigureAwait(false);
                    Take(at, crc);
                }
            }
            // What has come is not asked for again, and a way on which a part came is worth all attempts anew: the rest is asked for next.
            catch (Exception e) when (at > number && !stop.IsCancellationRequested && e is IOException or HttpRequestException or OperationCanceledException)
            {
            }
            return at;
        }, stop);
    }

    private void Take(int number, ulong crc)
    {
        _parts[number] = crc;
        _job.Progress?.Report(new DiskCopyProgress(Interlocked.Add(ref _done, LengthOf(number)), _size));
    }

    private async Task<ulong> TakeAsync(Stream body, int number, bool isFirst, LocalFailure files, IdleWatch watch)
    {
        var (start, length) = (number * _partSize, LengthOf(number));
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
