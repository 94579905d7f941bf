namespace EcsImages.Core.Images;

/// <summary>Recognises the equivalent of an image among those of another region.</summary>
/// <remarks>
/// Source: ECS "Image overview", regions of the five kinds; DescribeImages. The service does not say what an image was copied from:
/// a copy is told by IsCopied, by its content (system, architecture, sizes of the disks), and by the name or the description that it kept.
/// </remarks>
internal static class Equivalents
{
    /// <summary>What a region has for an image, the best of the candidates.</summary>
    public static EcsImageRegion Choose(EcsImage asked, string regionId, IEnumerable<EcsImage> candidates)
    {
        var best = candidates.Select(c => (Image: c, Found: Judge(asked, c))).Where(static c => c.Found.Match is not EcsImageMatch.None)
            .OrderBy(static c => c.Found.Match is EcsImageMatch.Same ? 0 : 1)
            .ThenBy(static c => c.Found.Doubt)
            .ThenBy(static c => c.Image.Status == "Available" ? 0 : 1)
            .ThenByDescending(static c => c.Image.CreationTime)
            .FirstOrDefault();
        return new EcsImageRegion
        {
            SourceImageId = asked.ImageId,
            SourceRegionId = asked.RegionId,
            RegionId = regionId,
            ImageId = best.Image?.ImageId,
            Name = best.Image?.Name,
            Status = best.Image?.Status,
            CreationTime = best.Image?.CreationTime,
            Match = best.Image is null ? EcsImageMatch.None : best.Found.Match,
            Reason = best.Image is null ? Absence(asked) : best.Found.Reason + State(best.Image),
            ContextAccountId = asked.ContextAccountId,
        };
    }

    private static Finding Judge(EcsImage asked, EcsImage other)
    {
        if (other.ImageId == asked.ImageId) return new(EcsImageMatch.Same, 0, "It has the same id.");
        return asked.ImageType switch
        {
            EcsImageType.Public when asked.Family is { } family && other is { ImageType: EcsImageType.Public } && other.Family == family =>
                new(EcsImageMatch.SameFamily, 0, $"It is the newest of the family {family}."),
            EcsImageType.Marketplace when asked.ProductCode is { } product && other.ProductCode == product =>
                new(EcsImageMatch.SameProduct, other.Version == asked.Version ? 0 : 1, $"It is of the same product {product}{(other.Version == asked.Version ? "" : $", in version {other.Version}")}."),
            EcsImageType.Community when other.OwnerAccountId == asked.OwnerAccountId && other.Name == asked.Name && IsAlike(asked, other) =>
                new(EcsImageMatch.Copy, 0, "The same account published it there under the same name, with the same system and disks."),
            EcsImageType.Custom when other.ImageType is EcsImageType.Custom && IsAlike(asked, other) => JudgeCopy(asked, other),
            _ => Finding.Nothing,
        };
    }

    private static Finding JudgeCopy(EcsImage asked, EcsImage other)
    {
        var role = (asked.IsCopied, other.IsCopied) switch
        {
            (true, true) => "a copy, as the image itself is",
            (true, _) when other.CreationTime <= asked.CreationTime => "the older image that this is a copy of",
            (_, true) when other.CreationTime >= asked.CreationTime => "a younger copy",
            _ => null,
        };
        if (role is null) return Finding.Nothing;
        if (other.Name == asked.Name)
            return new(EcsImageMatch.Copy, 0, $"It is {role}: the same name, system and disks.");
        return asked.Description is { } description && other.Description == description
            ? new(EcsImageMatch.Copy, 1, $"It probably is {role}: another name, but the same description, system and disks.")
            : Finding.Nothing;
    }

    private static bool IsAlike(EcsImage asked, EcsImage other) =>
        other.OSName == asked.OSName && other.Architecture == asked.Architecture && other.SizeGiB == asked.SizeGiB
        && other.Disks.Select(static d => (d.Device, d.SizeGiB)).Order().SequenceEqual(asked.Disks.Select(static d => (d.Device, d.SizeGiB)).Order());

    private static string State(EcsImage image) => image.Status switch
    {
        "Available" => "",
        "Deprecated" => " It is Deprecated: hidden from lists, but it can be launched.",
        _ => $" It is {image.Status}{(image.ProgressPercent is { } percent ? $", {percent}%" : "")}.",
    };

    private static string Absence(EcsImage asked) => asked.ImageType switch
    {
        EcsImageType.Public when asked.Family is null => "The region does not have this id, and the image has no family to look for.",
        EcsImageType.Public => $"The region has neither this id nor an image of the family {asked.Family}.",
        EcsImageType.Marketplace => "The product is not released there.",
        EcsImageType.Community => "Its owner has not published it there.",
        EcsImageType.Shared => "A shared image exists in its own region only. Copy it within that region; the copy goes anywhere.",
        _ => "No copy of it was recognised there; Copy-EcsImage makes one.",
    };

    private sealed record Finding(EcsImageMatch Match, int Doubt, string Reason)
    {
        public static readonly Finding Nothing = new(EcsImageMatch.None, 0, "");
    }
}
