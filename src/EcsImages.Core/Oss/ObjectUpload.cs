using EcsImages.Core.Acs;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Oss;

/// <summary>Uploads a source as one object: in parts, several at a time; what an earlier try has brought there is not sent again.</summary>
/// <remarks>
/// Up to 1 MiB goes in one request with its Content-MD5. A part is read once, and its CRC-64 is taken while it is sent and compared with the one that
/// the service answers; where it answers none, the part is read again and its MD5 compared. It is sent again where they differ. Both at once would double
/// the time of a fast connection: an MD5 is many times as slow. In the end the CRC-64 of the whole is compared. Memory: 256 KiB for each part under way.
/// </remarks>
internal static class ObjectUpload
{
    private const long Whole = 1L << 20;

    /// <exception cref="AcsException">OSS refused, what arrived is not what was sent, or the source changed meanwhile. With a checkpoint, the next call goes on from there.</exception>
    /// <exception cref="IOException">The source or the checkpoint cannot be read, or another process is at the same upload.</exception>
    public static async Task<UploadedObject> RunAsync(OssClient oss, UploadJob job, CancellationToken stop)
    {
        var size = job.Source.Length;
        if (size > PartSizes.MostObject)
            throw OssClient.Error(new OssRequest("PutObject", HttpMethod.Put, job.RegionId, job.Bucket, job.Key), "EntityTooLarge", $"It would have {size} bytes, and an object has 48.8 TiB at most.");
        using var alone = job.CheckpointPath is null ? null : FileLock.Take(job.CheckpointPath + ".lock", $"'{job.Source.Name}' is being uploaded");
        var known = job.CheckpointPath is null ? null : await UploadCheckpoint.ReadAsync(job.CheckpointPath, stop).ConfigureAwait(false);
        if (known is not null && (size <= Whole || !known.IsOf(job)))
        {
            await ForgetAsync(oss, job, known, stop).ConfigureAwait(false);
            known = null;
        }
        var made = size <= Whole ? await PutAsync(oss, job, stop).ConfigureAwait(false) : await SendPartsAsync(oss, job, known, stop).ConfigureAwait(false);
        if (job.CheckpointPath is not null) File.Delete(job.CheckpointPath);
        return made;
    }

    /// <exception cref="AcsException">The source is not what it was when the upload began.</exception>
    public static async Task CheckUnchangedAsync(UploadJob job, string operation, CancellationToken stop)
    {
        if (job.FingerprintNow is not null && await job.FingerprintNow(stop).ConfigureAwait(false) != job.Fingerprint)
            throw OssClient.Error(new OssRequest(operation, HttpMethod.Put, job.RegionId, job.Bucket, job.Key), "SourceChanged", $"'{job.Source.Name}' changed while it was uploaded, and no object was made of it. Upload it again when nobody writes to it.");
    }

    private static async Task<UploadedObject> SendPartsAsync(OssClient oss, UploadJob job, UploadCheckpoint? known, CancellationToken stop)
    {
        if (known is not null)
        {
            if (await oss.FindPartsAsync(job.RegionId, job.Bucket, job.Key, known.UploadId, stop).ConfigureAwait(false) is { } held)
                return await new UploadParts(oss, job, known).RunAsync(held, stop).ConfigureAwait(false);
            // The reply to the last step may have been lost: then the object is there, and the upload is not.
            if (await HeldObject.FindAsync(oss, job.RegionId, job.Bucket, job.Key, job.Source, job.Progress, stop).ConfigureAwait(false) is { } finished) return finished;
        }
        var begun = new UploadCheckpoint
        {
            RegionId = job.RegionId,
            Bucket = job.Bucket,
            Key = job.Key,
            UploadId = await oss.InitiateUploadAsync(job.RegionId, job.Bucket, job.Key, stop).ConfigureAwait(false),
            Size = job.Source.Length,
            PartSize = PartSizes.OfUpload(job.Source.Length),
            Fingerprint = job.Fingerprint,
        };
        var isNoted = false;
        try
        {
            if (job.CheckpointPath is not null)
            {
                await begun.WriteAsync(job.CheckpointPath, stop).ConfigureAwait(false);
                isNoted = true;
            }
            return await new UploadParts(oss, job, begun).RunAsync([], stop).ConfigureAwait(false);
        }
        catch when (!isNoted)
        {
            // Nobody will go on with it. Whoever stops does not wait for this longer than is polite.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await ForgetAsync(oss, job, begun, patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                // What is left there the rules of the bucket remove, or its owner.
            }
            throw;
        }
    }

    private static async Task<UploadedObject> PutAsync(OssClient oss, UploadJob job, CancellationToken stop)
    {
        var body = new byte[job.Source.Length];
        await job.Source.ReadExactlyAsync(0, body, stop).ConfigureAwait(false);
        await CheckUnchangedAsync(job, "PutObject", stop).ConfigureAwait(false);
        var crc = Crc64.Append(0, body);
        await oss.PutObjectAsync(job.RegionId, job.Bucket, job.Key, body, stop).ConfigureAwait(false);
        job.Progress?.Report(new DiskCopyProgress(body.Length, body.Length));
        return new UploadedObject(body.Length, crc, 0);
    }

    // What an upload to the same place left is of no use any more, and costs money until somebody removes it.
    private static async Task ForgetAsync(OssClient oss, UploadJob job, UploadCheckpoint known, CancellationToken stop)
    {
        if (!known.IsTo(job)) return;
        try
        {
            await oss.AbortUploadAsync(job.RegionId, job.Bucket, job.Key, known.UploadId, stop).ConfigureAwait(false);
        }
        catch (AcsException)
        {
            // It may not be allowed, or not be ours any more: the new upload does not depend on it.
        }
    }
}
