using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The filters CreationStartTime and CreationEndTime of a listing.</summary>
internal static class Created
{
    public static void Apply(RowList list, Parameters filter)
    {
        var (key, value) = (filter.Text("Key"), filter.Text("Value") ?? "");
        if (key is not ("CreationStartTime" or "CreationEndTime")) throw Error.Of("InvalidFilterKey.NotFound", key);
        if (!Times.TryParse(value, out var time)) throw Error.Of("InvalidFilterValue", key, value);
        if (key == "CreationStartTime") list.Where("created_at >= $from", "from", time.Milliseconds());
        else list.Where("created_at <= $until", "until", time.Milliseconds());
    }
}
