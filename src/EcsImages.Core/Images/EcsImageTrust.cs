namespace EcsImages.Core.Images;

/// <summary>How far an image of a kind can be trusted, the least first. Source: ECS "Image overview".</summary>
public enum EcsImageTrust
{
    /// <summary>Community images: anybody may have made them.</summary>
    Lowest,

    /// <summary>Shared images: as far as the account that shares them.</summary>
    Medium,

    /// <summary>Marketplace images: tested, made by Alibaba Cloud or a vendor.</summary>
    MediumToHigh,

    /// <summary>Custom images: one's own.</summary>
    High,

    /// <summary>Public images: licensed, and security tested by Alibaba Cloud.</summary>
    Highest,
}
