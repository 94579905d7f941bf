using EcsImages.Core.Disks;

namespace EcsImages.Core.Oss;

/// <summary>What is to be uploaded, and where to.</summary>
/// <param name="RegionId">The region of the bucket.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The object.</param>
/// <param name="Source">Its bytes; parts of it are read more than once, and several at a time.</param>
internal sealed record UploadJob(string RegionId, string Bucket, string Key, IByteSource Source)
{
    /// <summary>Where the upload is noted while it lasts; null for one that cannot be resumed.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Whatever changes when the source does, such as <see cref="Files.FileFingerprint"/> and how the file is converted.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Takes the fingerprint anew, before the parts become an object: of a source that changed meanwhile none is made. Null where it cannot change.</summary>
    public Func<CancellationToken, Task<string>>? FingerprintNow { get; init; }

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
