namespace EcsImages.Core.Images;

/// <summary>The five kinds of images. Source: ECS "Image overview".</summary>
public enum EcsImageType
{
    /// <summary>Provided by Alibaba Cloud.</summary>
    Public,

    /// <summary>One's own: created, copied or imported.</summary>
    Custom,

    /// <summary>Another account's, shared with this one.</summary>
    Shared,

    /// <summary>Sold or given away in the Marketplace.</summary>
    Marketplace,

    /// <summary>Published by any user for everybody.</summary>
    Community,
}
