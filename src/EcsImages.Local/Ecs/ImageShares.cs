using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>An account that an image is shared with.</summary>
internal sealed record ImageShare(string Account, DateTimeOffset CreatedAt);

/// <summary>With whom images are shared, as rows.</summary>
internal static class ImageShares
{
    public static bool Any(Session store, string image) => Count(store, image) > 0;

    public static int Count(Session store, string image) =>
        (int)store.Scalar<long>("SELECT count(*) FROM image_share WHERE image = $image", ("image", image));

    /// <summary>With how many accounts that image is shared which is shared with most, of an account's in a region.</summary>
    public static int MostOfAny(Session store, string account, string region) => (int)store.Scalar<long>(
        """
        SELECT max(accounts) FROM (SELECT count(*) AS accounts FROM image_share s JOIN image i ON i.id = s.image
        WHERE i.account = $account AND i.region = $region GROUP BY s.image)
        """, ("account", account), ("region", region));

    public static List<ImageShare> Of(Session store, string image) => store.List(
        "SELECT account, created_at FROM image_share WHERE image = $image ORDER BY created_at, account",
        static r => new ImageShare(r.Text("account"), r.Time("created_at")), ("image", image));

    /// <summary>A share that is there already keeps its time.</summary>
    public static void Add(Session store, Image image, string account) => store.Execute(
        "INSERT INTO image_share (image, account, region, created_at) VALUES ($image, $account, $region, $now) ON CONFLICT DO NOTHING",
        ("image", image.Id), ("account", account), ("region", image.RegionId), ("now", store.Now.Milliseconds()));

    public static void Remove(Session store, string image, string account) =>
        store.Execute("DELETE FROM image_share WHERE image = $image AND account = $account", ("image", image), ("account", account));
}
