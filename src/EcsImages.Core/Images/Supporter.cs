namespace EcsImages.Core.Images;

/// <summary>Who supports an image.</summary>
internal enum SupporterKind
{
    Nobody,
    Unknown,
    AlibabaCloud,

    /// <summary>The community of an open source system, Alibaba Cloud assisting.</summary>
    Community,

    AlibabaCloudAndVendor,

    /// <summary>The vendor of the operating system, under the user's own contract.</summary>
    Vendor,

    /// <summary>The account that shares the image.</summary>
    Owner,

    /// <summary>The vendor of a Marketplace product.</summary>
    Supplier,
}

/// <summary>Who supports an image, and why.</summary>
internal sealed record Supporter(SupporterKind Kind, string Name, string Why);
