using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Quotas;

/// <summary>The parameters by which the operations name a quota.</summary>
internal static class QuotaWords
{
    private const string Common = "CommonQuota";

    /// <summary>The quota of ProductCode and QuotaActionCode.</summary>
    public static Quota Need(Call call) =>
        IsCommon(call) && call.Needed("ProductCode") == Quota.ProductCode && Quota.All.FirstOrDefault(q => q.Code == call.Needed("QuotaActionCode")) is { } found
            ? found
            : throw Error.Of("QUOTA.NOT.FOUND", call.Needed("QuotaActionCode"), call.Needed("ProductCode"));

    /// <summary>Quotas of other categories exist; the endpoint keeps none of them.</summary>
    public static bool IsCommon(Call call)
    {
        var category = call.Text("QuotaCategory");
        var known = call.Operation.Request.FirstOrDefault(static f => f.Name == "QuotaCategory")?.KnownValues ?? [];
        if (category is not null && !known.Contains(category)) throw Error.Invalid("QuotaCategory", $"{category} is none of {string.Join(", ", known)}.");
        return category is null or Common;
    }

    /// <summary>The region among the dimensions: those of ECS are counted by nothing else here.</summary>
    public static string NeedRegion(Call call)
    {
        string? region = null;
        foreach (var dimension in call.Structs("Dimensions"))
        {
            var key = dimension.Needed("Key");
            if (key != "regionId") throw Error.Invalid(dimension.NameOf("Key"), $"quotas of images have no dimension {key}; they have regionId.");
            if (region is not null) throw Error.Invalid(dimension.NameOf("Key"), "regionId is there twice.");
            region = dimension.Needed("Value");
        }
        if (region is null) throw Error.Missing("Dimensions");
        return Regions.IsOpen(region) ? region : throw Error.Of("QUOTA.NOT.FOUND", $"{call.Text("QuotaActionCode")} in the region {region}", Quota.ProductCode);
    }
}
