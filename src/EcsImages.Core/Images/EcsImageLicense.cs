namespace EcsImages.Core.Images;

/// <summary>Whether the operating system, or what came with it, has a price.</summary>
public enum EcsImageLicense
{
    /// <summary>No license fee for instances.</summary>
    Free,

    /// <summary>A commercial operating system, or a product of the Marketplace.</summary>
    Commercial,
}
