using EcsImages.Core.Disks;

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

    /// <summary>Where it lies until it is whole.</summary>
    public string Partial => Path + ".partial";

    /// <summary>What of it is here, for the next try.</summary>
    public string State => Path + ".partial.state";
}
