namespace EcsImages.Core.Images;

/// <summary>Who secures what, of images of one kind and the instances of them.</summary>
/// <param name="ImageType">The kind; null for one that is not known.</param>
/// <param name="MadeBy">Who made the image, and what that vouches for.</param>
/// <param name="AlibabaCloudSecures">What Alibaba Cloud secures.</param>
/// <param name="YouSecure">What the owner of the instances has to do.</param>
/// <param name="Source">Where that stands.</param>
internal sealed record Responsibility(EcsImageType? ImageType, string MadeBy, string AlibabaCloudSecures, string YouSecure, string Source);
