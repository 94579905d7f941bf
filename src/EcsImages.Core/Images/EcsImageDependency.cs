namespace EcsImages.Core.Images;

/// <summary>One thing that depends on an image, and what becomes of it when the image is deleted.</summary>
/// <remarks>
/// No property is called ImageId or Id: piped to Remove-EcsImage or another cmdlet that takes ids by property name, such an object
/// binds to nothing. Only a snapshot has its id as SnapshotId, so that Remove-EcsSnapshot takes what an image left behind.
/// </remarks>
public sealed record EcsImageDependency
{
    /// <summary>The image that it depends on; null for a left-behind snapshot that does not tell which image it was made for.</summary>
    public required string? DependsOn { get; init; }

    /// <summary>What kind of thing it is.</summary>
    public required EcsImageDependencyKind Kind { get; init; }

    /// <summary>The id of the thing; of a share, the account. Null where it has none, or could not be read.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The id of a snapshot; null for everything else.</summary>
    public string? SnapshotId => Kind is EcsImageDependencyKind.Snapshot ? ResourceId : null;

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The size of a snapshot's disk, or of an image, in GiB.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>What becomes of it when the image is deleted.</summary>
    public required EcsImageEffect Effect { get; init; }

    /// <summary>More about it, in words.</summary>
    public string? Detail { get; init; }

    /// <summary>The code with which the service refuses to delete the image because of it; null where it does not.</summary>
    public string? RefusalCode { get; init; }

    /// <summary>Whether the service refuses to delete the image because of it.</summary>
    public bool BlocksDeletion => RefusalCode is not null;

    /// <summary>Whether Remove-EcsImage -Force deletes the image all the same.</summary>
    public bool OverriddenByForce => RefusalCode is "ImageUsingByInstance";

    /// <summary>What else needs a snapshot: other images, and disks that were made from it. Null where that could not be read, and for what is no snapshot.</summary>
    public IReadOnlyList<string>? NeededBy { get; init => field = value?.ToArray(); }

    /// <summary>When a snapshot or an image was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>The region that the thing lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>Its kind and id.</summary>
    public override string ToString() => $"{Kind} {ResourceId}".TrimEnd();
}
