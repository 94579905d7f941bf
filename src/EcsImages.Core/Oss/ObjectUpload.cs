using System.Collections.Concurrent;
using System.Net.Http.Headers;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;

namespace EcsImages.Core.Oss;

/// <summary>What is to be uploaded, and where to.</summary>
internal sealed record UploadJob(string RegionId, string Bucket, string Key, IByteSource Source)
{
    /// <summary>Where the upload is noted while it lasts; null for one that cannot be resumed.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Whatever changes when the source does, such as its length, its time and how it is converted.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>How many parts are under way at a time.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Told how many bytes are there.</summary>
    public IProgress<DiskCopyProgress>? Progress { get; init; }
}

/// <summary>An object that is there now.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Crc64">Of the whole, checked.</param>
/// <param name="Kept">How many bytes lay there already from a try before.</param>
internal sealed record UploadedObject(long Size, ulong Crc64, long Kept);

/// <summary>Uploads a source as one object: in parts, several at a time; what an earlier try has brought there is not sent again.</summary>
/// <remarks>Memory: 256 KiB for each part under way. Each part's MD5 and CRC-64 are compared with what the service received, and the CRC-64 of the whole.</remarks>
internal sealed class ObjectUpload
{
    /// <summary>No part but the last is smaller, in bytes.</summary>
    public const long LeastPart = 100 * 1024;

    private const long UsualPart = 4L << 20, MostParts = 9000, Whole = 1L << 20;
    private readonly OssClient _oss;
    private readonly UploadJob _job;
    private readonly string _uploadId;
    private readonly long _partSize;
    private long _done, _kept;

    private ObjectUpload(OssClient oss, UploadJob job, string uploadId, long partSize) => (_oss, _job, _uploadId, _partSize) = (oss, job, uploadId, partSize);

    /// <exception cref="AcsException">OSS refused, or what arrived is not what was sent. With a checkpoint, the next call goes on from there.</exception>
    public static async Task<UploadedObject> RunAsync(OssClient oss, UploadJob job, CancellationToken stop)
    {
        if (job.Source.Length <= Whole) return await PutAsync(oss, job, stop).ConfigureAwait(false);
        var known = job.CheckpointPath is null ? null : await UploadCheckpoint.ReadAsync(job.CheckpointPath, stop).ConfigureAwait(false);
        IReadOnlyList<OssPart>? held = null;
        if (known is not null && known.IsOf(job))
        {
            held = await oss.FindPartsAsync(job.RegionId, job.Bucket, job.Key, known.UploadId, stop).ConfigureAwait(false);
            // The reply to the last step may have been lost: then the object is there, and the upload is not.
            if (held is null && await FindFinishedAsync(oss, job, stop).ConfigureAwait(false) is { } finished) return finished;
        }
        if (held is null)
        {
            var size = PartSizeOf(job.Source.Length);
            var id = await oss.InitiateUploadAsync(job.RegionId, job.Bucket, job.Key, stop).ConfigureAwait(false);
            known = new UploadCheckpoint { RegionId = job.RegionId, Bucket = job.Bucket, Key = job.Key, UploadId = id, Size = job.Source.Length, PartSize = size, Fingerprint = job.Fingerprint };
            if (job.CheckpointPath is not null) await known.WriteAsync(job.CheckpointPath, stop).ConfigureAwait(false);
        }
        return await new ObjectUpload(oss, job, known!.UploadId, known.PartSize).RunAsync(held ?? [], stop).ConfigureAwait(false);
    }

    /// <summary>The size of a part, in bytes: the usual one, and for large objects whole MiB such that there are 9,000 at most.</summary>
    public static long PartSizeOf(long length) => Math.Max(UsualPart, (length / MostParts + (1 << 20)) >> 20 << 20);

    private static async Task<UploadedObject> PutAsync(OssClient oss, UploadJob job, CancellationToken stop)
    {
        var body = new byte[job.Source.Length];
        await job.Source.ReadExactlyAsync(0, body, stop).ConfigureAwait(false);
        var reply = await oss.PutObjectAsync(job.RegionId, job.Bucket, job.Key, body, stop).ConfigureAwait(false);
        var crc = Crc64.Append(0, body);
        Check(new OssRequest("PutObject", HttpMethod.Put, job.RegionId, job.Bucket, job.Key), crc, reply.Crc64);
        job.Progress?.Report(new DiskCopyProgress(body.Length, body.Length));
        return new UploadedObject(body.Length, crc, 0);
    }

    private async Task<UploadedObject> RunAsync(IReadOnlyList<OssPart> held, CancellationToken stop)
    {
        var count = (int)((_job.Source.Length + _partSize - 1) / _partSize);
        var there = held.ToDictionary(static p => p.Number);
        var parts = new ConcurrentBag<OssPart>();
        await Parallel.ForEachAsync(Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = _job.Parallel, CancellationToken = stop }, async (number, token) =>
        {
            there.TryGetValue(number, out var part);
            parts.Add(await KeepAsync(part, token).ConfigureAwait(false) ?? await SendAsync(number, token).ConfigureAwait(false));
        }).ConfigureAwait(false);
        var crc = parts.OrderBy(static p => p.Number).Aggregate(0UL, static (crc, p) => Crc64.Combine(crc, p.Crc64!.Value, p.Size));
        await CompleteAsync(parts, crc, stop).ConfigureAwait(false);
        if (_job.CheckpointPath is not null) File.Delete(_job.CheckpointPath);
        return new UploadedObject(_job.Source.Length, crc, _kept);
    }

    // A part of an earlier try counts where it is what the source holds now.
    private async Task<OssPart?> KeepAsync(OssPart? part, CancellationToken stop)
    {
        if (part is null || part.Size != SizeOf(part.Number)) return null;
        using var hash = new BodyHash();
        var body = Read(part.Number, hash, null);
        var block = new byte[256 * 1024];
        while (await body.ReadAsync(block, stop).ConfigureAwait(false) > 0)
        {
        }
        if (!hash.ETag().Equals(part.ETag, StringComparison.OrdinalIgnoreCase)) return null;
        Interlocked.Add(ref _kept, part.Size);
        Report(part.Size);
        return part with { Crc64 = hash.Crc64 };
    }

    private async Task<OssPart> SendAsync(int number, CancellationToken stop)
    {
        BodyHash? hash = null;
        var request = new OssRequest("UploadPart", HttpMethod.Put, _job.RegionId, _job.Bucket, _job.Key)
        {
            Query = [new("partNumber", $"{number}"), new("uploadId", _uploadId)],
            Body = watch =>
            {
                hash?.Dispose();
                hash = new BodyHash();
                var content = new StreamContent(Read(number, hash, watch), 256 * 1024);
                content.Headers.ContentLength = SizeOf(number);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                return content;
            },
        };
        try
        {
            var reply = await _oss.SendAsync(request, stop).ConfigureAwait(false);
            Check(request, hash!.Crc64, reply.Crc64);
            if (!reply.ETag.Equals(hash.ETag(), StringComparison.OrdinalIgnoreCase)) throw Damaged(request, $"MD5 {hash.ETag()} was sent and {reply.ETag} received");
            Report(hash.Length);
            return new OssPart(number, hash.Length, reply.ETag, hash.Crc64);
        }
        finally
        {
            hash?.Dispose();
        }
    }

    private async Task CompleteAsync(IEnumerable<OssPart> parts, ulong crc, CancellationToken stop)
    {
        var request = new OssRequest("CompleteMultipartUpload", HttpMethod.Post, _job.RegionId, _job.Bucket, _job.Key);
        try
        {
            var reply = await _oss.CompleteUploadAsync(_job.RegionId, _job.Bucket, _job.Key, _uploadId, parts, stop).ConfigureAwait(false);
            Check(request, crc, reply.Crc64);
        }
        // An attempt whose reply was lost may have succeeded.
        catch (AcsException e) when (e.Code is "NoSuchUpload" && e.Attempts > 1)
        {
            var made = await _oss.FindObjectAsync(_job.RegionId, _job.Bucket, _job.Key, stop).ConfigureAwait(false);
            if (made is null || made.Length != _job.Source.Length || made.Crc64 != crc) throw;
        }
    }

    private static async Task<UploadedObject?> FindFinishedAsync(OssClient oss, UploadJob job, CancellationToken stop)
    {
        if (await oss.FindObjectAsync(job.RegionId, job.Bucket, job.Key, stop).ConfigureAwait(false) is not { Crc64: { } crc } made || made.Length != job.Source.Length) return null;
        ulong own = 0;
        var block = new byte[1 << 20];
        for (long at = 0; at < job.Source.Length;)
        {
            var piece = block.AsMemory(0, (int)Math.Min(block.Length, job.Source.Length - at));
            await job.Source.ReadExactlyAsync(at, piece, stop).ConfigureAwait(false);
            own = Crc64.Append(own, piece.Span);
            at += piece.Length;
        }
        if (own != crc) return null;
        File.Delete(job.CheckpointPath!);
        job.Progress?.Report(new DiskCopyProgress(made.Length, made.Length));
        return new UploadedObject(made.Length, crc, made.Length);
    }

    private ForwardStream Read(int number, BodyHash hash, IdleWatch? watch)
    {
        var (start, length) = ((number - 1) * _partSize, SizeOf(number));
        return new ForwardStream(async (at, buffer, stop) =>
        {
            var piece = buffer[..(int)Math.Min(buffer.Length, length - at)];
            if (piece.IsEmpty) return 0;
            await _job.Source.ReadExactlyAsync(start + at, piece, stop).ConfigureAwait(false);
            hash.Append(piece.Span);
            watch?.Touch();
            return piece.Length;
        });
    }

    private long SizeOf(int number) => Math.Min(_partSize, _job.Source.Length - (number - 1) * _partSize);

    private void Report(long more) => _job.Progress?.Report(new DiskCopyProgress(Interlocked.Add(ref _done, more), _job.Source.Length));

    private static void Check(OssRequest request, ulong sent, ulong? received)
    {
        if (received is { } crc && crc != sent) throw Damaged(request, $"CRC-64 {sent} was sent and {crc} received");
    }

    private static AcsException Damaged(OssRequest request, string what) =>
        OssClient.Error(request, "ChecksumMismatch", $"The bytes were changed on their way: {what}. Upload again; if it happens again, look for a proxy between.");
}
