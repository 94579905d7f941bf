using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Finds one image, among rows and catalog.</summary>
internal static class Images
{
    /// <summary>An image that the caller may use: own, shared with it, published, or of the catalog.</summary>
    public static Image? FindUsable(Call call, Session store, string id) =>
        ImageRows.FindUsable(store, call.Account, call.RegionId, id) ?? CatalogImages.Find(call.RegionId, id);

    /// <exception cref="EndpointError">InvalidImageId.NotFound: unknown, or somebody else's.</exception>
    public static Image NeedUsable(Call call, Session store, string id) =>
        FindUsable(call, store, id) ?? throw Error.ImageNotFound(id, call.RegionId);

    /// <exception cref="EndpointError">InvalidImageId.NotFound: unknown, or not the caller's own.</exception>
    public static Image NeedOwn(Call call, Session store, string id) =>
        ImageRows.FindOwn(store, call.Account, call.RegionId, id) ?? throw Error.ImageNotFound(id, call.RegionId);

    /// <summary>The newest Available image of a family: own before shared before public.</summary>
    public static Image? NewestOf(Call call, Session store, string family)
    {
        var row = store.Single(
            """
            SELECT image.* FROM image LEFT JOIN image_share s ON s.image = image.id AND s.account = $account
            WHERE image.region = $region AND family = $family AND (image.account = $account OR s.account IS NOT NULL)
            AND outcome = 'Available' AND ready_at <= $now
            ORDER BY image.account <> $account, image.created_at DESC, image.id LIMIT 1
            """, ImageRows.Read, ("account", call.Account), ("region", call.RegionId), ("family", family), ("now", call.Now.Milliseconds()));
        return row is not null
            ? row with { Disks = ImageRows.DisksOf(store, row.Id) }
            : CatalogImages.In(call.RegionId).FirstOrDefault(i => i.CatalogAlias == "system" && i.Family == family);
    }
}
