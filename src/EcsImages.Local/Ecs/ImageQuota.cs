using EcsImages.Local.Dispatch;
using EcsImages.Local.Quotas;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>How many images an account may have in a region.</summary>
internal static class ImageQuota
{
    public const int InFamily = 100, Families = 100;

    /// <exception cref="EndpointError">QuotaExceed.Image</exception>
    public static void NeedRoom(Session store, string account, string region)
    {
        var (count, most) = (Count(store, account, region), Quota.Images.Total(store, account, region));
        if (count >= most) throw Error.Of("QuotaExceed.Image", region, count, most);
    }

    /// <summary>Custom images of an account in a region, whatever their state.</summary>
    public static int Count(Session store, string account, string region) => (int)store.Scalar<long>(
        "SELECT sum(images) FROM image_count WHERE account = $account AND region = $region", ("account", account), ("region", region));

    /// <summary>Room in a family; the codes differ between making and changing an image.</summary>
    public static void NeedRoomInFamily(Call call, Session store, string family, string full, string tooMany)
    {
        const string Own = "FROM image WHERE account = $account AND region = $region AND family";
        var inside = store.Scalar<long>($"SELECT count(*) {Own} = $family", ("account", call.Account), ("region", call.RegionId), ("family", family));
        if (inside >= InFamily) throw Error.Of(full, family, inside, InFamily);
        if (inside > 0) return;
        var families = store.Scalar<long>($"SELECT count(DISTINCT family) {Own} <> ''", ("account", call.Account), ("region", call.RegionId));
        if (families >= Families) throw Error.Of(tooMany, families, Families);
    }
}
