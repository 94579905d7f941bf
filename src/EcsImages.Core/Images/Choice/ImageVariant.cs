namespace EcsImages.Core.Images.Choice;

/// <summary>Builds of one thing: only the newest is worth choosing.</summary>
internal static class ImageVariant
{
    private const string Build = "_alibase_";

    /// <summary>What builds of the same thing have in common: the family; of a public image without one, its id up to the date.</summary>
    public static string Of(EcsImage image)
    {
        if (image.Family is { } family) return $"{image.ImageType}/{image.OwnerAccountId}/{family}";
        var end = image.ImageType is EcsImageType.Public ? image.ImageId.IndexOf(Build, StringComparison.Ordinal) : -1;
        return $"{image.ImageType}/{image.OwnerAccountId}//{(end > 0 ? image.ImageId[..end] : image.ImageId)}";
    }
}
