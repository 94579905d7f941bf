namespace EcsImages.Core.Images;

/// <summary>Tells the kinds of images apart, as a query and in an answer.</summary>
/// <remarks>Source: DescribeImages, parameters ImageOwnerAlias and IsPublic.</remarks>
internal static class ImageTypes
{
    /// <summary>The alias and the IsPublic value that ask for a kind.</summary>
    public static (string Alias, bool? IsPublic) Query(EcsImageType type) => type switch
    {
        EcsImageType.Public => ("system", null),
        EcsImageType.Custom => ("self", null),
        EcsImageType.Shared => ("others", false),
        EcsImageType.Marketplace => ("marketplace", null),
        _ => ("others", true),
    };

    /// <summary>The kind of an image that was answered; null for an alias not known to us.</summary>
    public static EcsImageType? Of(string? ownerAlias, bool? isPublic, string? productCode) => ownerAlias switch
    {
        "system" => EcsImageType.Public,
        "self" => EcsImageType.Custom,
        "marketplace" => EcsImageType.Marketplace,
        "others" when isPublic is true => EcsImageType.Community,
        "others" => EcsImageType.Shared,
        null when !string.IsNullOrEmpty(productCode) => EcsImageType.Marketplace,
        _ => null,
    };
}
