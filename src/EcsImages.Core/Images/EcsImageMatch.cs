namespace EcsImages.Core.Images;

/// <summary>How what a region has corresponds to an image that was asked for.</summary>
public enum EcsImageMatch
{
    /// <summary>The region has neither the image nor an equivalent.</summary>
    None,

    /// <summary>The image itself: the same id.</summary>
    Same,

    /// <summary>The newest public image of the same family.</summary>
    SameFamily,

    /// <summary>An image of the same Marketplace product.</summary>
    SameProduct,

    /// <summary>A copy, or the image that it is a copy of.</summary>
    Copy,
}
