namespace EcsImages.Core.Images.Choice;

/// <summary>Builds and point releases of one thing: only the newest is worth choosing.</summary>
internal static class ImageVariant
{
    /// <summary>What they have in common: of public images the version, architecture and edition; of others the family.</summary>
    public static string Of(EcsImage image)
    {
        if (image.ImageType is EcsImageType.Public && Lifecycles.Of(image) is { } system) return $"{system.Name}/{image.Architecture}/{ImageEdition.Of(image).Key}";
        return image.Family is { } family ? $"{image.ImageType}/{image.OwnerAccountId}/{family}" : image.ImageId;
    }
}
