using EcsImages.Core.Acs;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>The bucket that files of images pass through.</summary>
/// <param name="Name">Of the bucket.</param>
/// <param name="RegionId">Where it lies, or will.</param>
/// <param name="Exists">Whether it is there already.</param>
internal sealed record ImageBucket(string Name, string RegionId, bool Exists)
{
    /// <summary>Finds the bucket, or the place for one; the one that is used without a name belongs to this account and region alone.</summary>
    /// <exception cref="PreconditionException">InvalidOSSBucket.NotMatched: it lies in another region.</exception>
    /// <exception cref="AcsException">OSS refused; such as AccessDenied, where the bucket is another account's.</exception>
    public static async Task<ImageBucket> FindAsync(EcsAccess access, string? name, string regionId, CancellationToken stop)
    {
        var bucket = name ?? $"ecs-image-{access.AccountId}-{regionId}";
        var found = await access.Client.Oss.FindBucketRegionAsync(regionId, bucket, stop).ConfigureAwait(false);
        if (found is not null && found != regionId)
            throw new PreconditionException("InvalidOSSBucket.NotMatched",
                $"The bucket {bucket} lies in {found}, and the image in {regionId}: the service takes buckets of the image's own region only. Name another one with -BucketName, or leave it out.");
        return new ImageBucket(bucket, regionId, found is not null);
    }

    /// <summary>Makes it, private, where it is not there.</summary>
    public Task NeedAsync(EcsAccess access, CancellationToken stop) =>
        Exists ? Task.CompletedTask : access.Client.Oss.PutBucketAsync(RegionId, Name, stop);
}
