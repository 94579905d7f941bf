using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Quotas;

/// <summary>The parameters by which the operations name a quota.</summary>
internal static class QuotaWords
{
    private const string Common = "CommonQuota", RegionKey = "regionId", UsualRegion = "cn-hangzhou";
    private static readonly string[] FurtherKeys = ["zoneId", "chargeType", "networkType", "resourceType"];

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

    /// <summary>The regions whose rows a list has: that of the dimensions, or all where they name none.</summary>
    /// <remarks>Dimensions select rows. Quotas of images have regionId and no other, so that a further one selects none of them.</remarks>
    public static IReadOnlyList<string> SelectedRegions(Call call)
    {
        var (region, further) = Dimensions(call);
        if (further is not null) return [];
        if (region is null) return [.. Regions.All.Select(static r => r.Id)];
        return Regions.IsOpen(region) ? [region] : [];
    }

    /// <summary>The region of the one quota that is read: that of the dimensions, or else the usual one, which is a choice of the endpoint.</summary>
    public static string Region(Call call)
    {
        var (region, further) = Dimensions(call);
        return further is null ? Open(call, region ?? UsualRegion) : throw Error.Of("QUOTA.NOT.FOUND", $"{call.Text("QuotaActionCode")} with the dimension {further}", Quota.ProductCode);
    }

    /// <summary>The region for which more is asked: an application has to name it.</summary>
    public static string NeedRegion(Call call)
    {
        var (region, further) = Dimensions(call);
        if (further is not null) throw Error.Invalid("Dimensions", $"quotas of images have no dimension {further}; they have {RegionKey}.");
        return Open(call, region ?? throw Error.Missing("Dimensions"));
    }

    private static string Open(Call call, string region) =>
        Regions.IsOpen(region) ? region : throw Error.Of("QUOTA.NOT.FOUND", $"{call.Text("QuotaActionCode")} in the region {region}", Quota.ProductCode);

    private static (string? Region, string? Further) Dimensions(Call call)
    {
        string? region = null, further = null;
        foreach (var dimension in call.Structs("Dimensions"))
        {
            var (key, value) = (dimension.Needed("Key"), dimension.Needed("Value"));
            if (FurtherKeys.Contains(key)) further = key;
            else if (key != RegionKey) throw Error.Invalid(dimension.NameOf("Key"), $"{key} is none of {RegionKey}, {string.Join(", ", FurtherKeys)}.");
            else if (region is not null) throw Error.Invalid(dimension.NameOf("Key"), $"{RegionKey} is there twice.");
            else region = value;
        }
        return (region, further);
    }
}
