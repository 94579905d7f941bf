namespace EcsImages.Core.Images;

/// <summary>In which regions images are, a row a kind of image.</summary>
internal static class Availabilities
{
    private const string Overview = "ECS, Image overview: regions (rule 9)";

    public static IReadOnlyList<Availability> All { get; } =
    [
        new(EcsImageType.Public, IsEverywhere: true, CanBeCopied: false, "In all regions, under one family; the ids are mostly the same.", Overview),
        new(EcsImageType.Custom, IsEverywhere: false, CanBeCopied: true, "In the region where it was made or imported, and where it was copied to.", Overview),
        new(EcsImageType.Shared, IsEverywhere: false, CanBeCopied: false, "In its own region only; its owner shares copies elsewhere, or one copies it within its region and then the copy on.", "ECS, Image overview: regions; CopyImage (rules 9 and 69)"),
        new(EcsImageType.Marketplace, IsEverywhere: false, CanBeCopied: false, "In the regions where its vendor released the product.", Overview),
        new(EcsImageType.Community, IsEverywhere: false, CanBeCopied: false, "In the region where it was published.", "ECS, Image overview: regions; ModifyImageSharePermission (rules 9, 79 and 80)"),
    ];

    public static Availability? Of(EcsImageType? type) => All.FirstOrDefault(a => a.ImageType == type);
}
