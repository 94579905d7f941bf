namespace EcsImages.Core.Images;

/// <summary>What one pays for, besides the instance and its disks.</summary>
[Flags]
internal enum FeeKinds
{
    None = 0,

    /// <summary>The license of a commercial operating system, with each instance.</summary>
    OSLicense = 1,

    /// <summary>The price of a Marketplace product, with each instance.</summary>
    MarketplaceProduct = 2,

    /// <summary>The snapshots that hold a custom image.</summary>
    SnapshotStorage = 4,
}

/// <summary>What an image and the instances of it cost besides the instance and its disks.</summary>
/// <param name="Kinds">What is paid for.</param>
/// <param name="Text">The same, in a few words.</param>
/// <param name="Why">By which rule, and what is uncertain about it.</param>
internal sealed record ImageFee(FeeKinds Kinds, string Text, string Why);
