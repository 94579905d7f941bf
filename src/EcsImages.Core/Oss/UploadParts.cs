using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;

namespace EcsImages.Core.Oss;

/// <summary>Brings the parts of one upload there, those that are there already excepted, and makes the object of them.</summary>
internal sealed class UploadParts(OssClient oss, UploadJob job, UploadCheckpoint upload)
{
    private const int Block = 256 * 1024;
    private readonly long _size = job.Source.Length;
    private long _done, _kept;

    /// <param name="held">What the service holds.</param>
    /// <param name="stop">Leaves there what is there.</param>
    public async Task<UploadedObject> RunAsync(IReadOnlyList<OssPart> held, CancellationToken stop)
    {
        var parts = await BringAsync(held, stop).ConfigureAwait(false);
        await ObjectUpload.CheckUnchangedAsync(job, "UploadPart", stop).ConfigureAwait(false);
        var crc = parts.Aggregate(0UL, static (crc, p) => Crc64.Combine(crc, p.Crc64!.Value, p.Size));
        await CompleteAsync(parts, crc, stop).ConfigureAwait(false);
        return new UploadedObject(_size, crc, _kept);
    }

    private async Task<OssPart[]> BringAsync(IReadOnlyList<OssPart> held, CancellationToken stop)
    {
        var there = held.DistinctBy(static p => p.Number).ToDictionary(static p => p.Number);
        var parts = new ConcurrentBag<OssPart>();
        using var files = new LocalFailure(stop);
        await files.ForEachAsync(Enumerable.Range(1, PartSizes.Count(_size, upload.PartSize)), job.Parallel, async (number, token) =>
        {
            there.TryGetValue(number, out var part);
            parts.Add(await KeepAsync(part, token).ConfigureAwait(false) ?? await SendAsync(number, files, token).ConfigureAwait(false));
        }).ConfigureAwait(false);
        return [.. parts.OrderBy(static p => p.Number)];
    }

    // A part of an earlier try counts where it is what the source holds now.
    private async Task<OssPart?> KeepAsync(OssPart? part, CancellationToken stop)
    {
        if (part is null || part.Size != SizeOf(part.Number)) return null;
        using var hash = new BodyHash();
        await ReadAsync(part.Number, hash, null, stop).ConfigureAwait(false);
        if (!hash.ETag().Equals(part.ETag, StringComparison.OrdinalIgnoreCase)) return null;
        Interlocked.Add(ref _kept, part.Size);
        Report(part.Size);
        return part with { Crc64 = hash.Crc64 };
    }

    private async Task<OssPart> SendAsync(int number, LocalFailure files, CancellationToken stop)
    {
        // Each attempt has its own: one that was given up may still read.
        var sent = new StrongBox<ulong>();
        var request = Request("UploadPart", HttpMethod.Put) with
        {
            Query = [new("partNumber", $"{number}"), new("uploadId", upload.UploadId)],
            Body = watch =>
            {
                var crc = sent = new StrongBox<ulong>();
                return OssBody.Of(SizeOf(number), async (at, piece, token) =>
                {
                    await files.GuardAsync(job.Source.ReadExactlyAsync(StartOf(number) + at, piece, token)).ConfigureAwait(false);
                    crc.Value = Crc64.Append(crc.Value, piece.Span);
                }, watch);
            },
        };
        var part = await oss.SendAsync(request, async (response, watch) =>
        {
            var reply = await OssAnswers.ReadAsync(response, watch).ConfigureAwait(false);
            if (reply.Crc64 is null) await CheckMd5Async(number, sent.Value, reply.ETag, files, watch).ConfigureAwait(false);
            else OssDamageException.Check(sent.Value, reply.Crc64);
            return new OssPart(number, SizeOf(number), reply.ETag, sent.Value);
        }, stop).ConfigureAwait(false);
        Report(part.Size);
        return part;
    }

    // Nearly every service tells the CRC-64, so this is not done while a part is sent: it takes many times as long.
    private async Task CheckMd5Async(int number, ulong sent, string received, LocalFailure files, IdleWatch watch)
    {
        using var hash = new BodyHash();
        await files.GuardAsync(ReadAsync(number, hash, watch, watch.Token)).ConfigureAwait(false);
        if (hash.Crc64 != sent) throw new OssDamageException($"'{job.Source.Name}' changed while part {number} of it was sent. Upload it again when nobody writes to it.");
        var md5 = hash.ETag();
        if (!received.Equals(md5, StringComparison.OrdinalIgnoreCase)) throw new OssDamageException($"The bytes were changed on their way: MD5 {md5} was sent and {received} received. If it happens again, look for a proxy between.");
    }

    private async ValueTask ReadAsync(int number, BodyHash hash, IdleWatch? watch, CancellationToken stop)
    {
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            for (var left = SizeOf(number); left > 0;)
            {
                var piece = block.AsMemory(0, (int)Math.Min(Block, left));
                await job.Source.ReadExactlyAsync(StartOf(number) + hash.Length, piece, stop).ConfigureAwait(false);
                watch?.Touch();
                hash.Append(piece.Span);
                left -= piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private async Task CompleteAsync(IEnumerable<OssPart> parts, ulong crc, CancellationToken stop)
    {
        try
        {
            var reply = await oss.CompleteUploadAsync(job.RegionId, job.Bucket, job.Key, upload.UploadId, parts, stop).ConfigureAwait(false);
            // Sending it again would not help: each part was found to be right.
            if (reply.Crc64 is { } made && made != crc)
                throw OssClient.Error(Request("CompleteMultipartUpload", HttpMethod.Post), OssDamageException.Code, $"The object that was made has the CRC-64 {made}, and the source {crc}. Do not use it; upload again.");
        }
        // An attempt whose reply was lost may have succeeded.
        catch (AcsException e) when (e.Code is "NoSuchUpload" && e.Attempts > 1)
        {
            var made = await oss.FindObjectAsync(job.RegionId, job.Bucket, job.Key, stop).ConfigureAwait(false);
            if (made is null || made.Length != _size || made.Crc64 != crc) throw;
        }
    }

    private OssRequest Request(string name, HttpMethod method) => new(name, method, job.RegionId, job.Bucket, job.Key);

    private long StartOf(int number) => (number - 1) * upload.PartSize;

    private long SizeOf(int number) => Math.Min(upload.PartSize, _size - StartOf(number));

    private void Report(long more) => job.Progress?.Report(new DiskCopyProgress(Interlocked.Add(ref _done, more), _size));
}
