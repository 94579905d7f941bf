using System.IO.Enumeration;
using EcsImages.Local.Catalog;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Whether an image of the catalog is among those asked for. The SQL of <see cref="ImageSearch"/> says the same of rows.</summary>
internal static class ImagePredicate
{
    public static bool Accepts(this ImageQuery query, Image image) =>
        !query.Nothing
        && query.Statuses.Contains(ImageState.Available)
        && (query.Usable is null || image.IsUsableWhen(ImageState.Available) == query.Usable)
        && (query.Ids.Count == 0 || query.Ids.Contains(image.Id))
        && (query.ImageName is null || NameMatches(query.ImageName, image.Name))
        && (query.Family is null || image.Family == query.Family)
        && (query.Owner is null || image.Owner == query.Owner)
        && (query.OsType is null || image.OsType == query.OsType)
        && (query.Architecture is null || image.Architecture == query.Architecture)
        && query.Snapshot is null && query.ResourceGroup is null && query.Tags.Count == 0
        && (query.CloudInit is null || image.CloudInit == query.CloudInit)
        && (query.IoOptimized is null || image.IoOptimized == query.IoOptimized)
        && (query.From is null || image.CreatedAt >= query.From) && (query.Until is null || image.CreatedAt <= query.Until)
        && (query.Type is null || Compatibility.Supports(image, query.Type));

    // The service says "fuzzy": here a part of the name, or a pattern where there is a star.
    private static bool NameMatches(string wanted, string name) => wanted.Contains('*', StringComparison.Ordinal)
        ? FileSystemName.MatchesSimpleExpression(wanted.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal), name, ignoreCase: false)
        : name.Contains(wanted, StringComparison.Ordinal);
}
