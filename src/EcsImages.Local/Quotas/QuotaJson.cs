using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Quotas;

/// <summary>Quotas as the API writes them.</summary>
internal static class QuotaJson
{
    public const string Unit = "Count";

    public static JsonObject Of(Call call, Session store, Quota quota, string region)
    {
        var total = quota.Total(store, call.Account, region);
        var why = Unadjustable(store, call.Account, region, quota, total);
        var json = new JsonObject
        {
            ["ProductCode"] = Quota.ProductCode,
            ["QuotaActionCode"] = quota.Code,
            ["QuotaName"] = quota.Name,
            ["QuotaDescription"] = quota.Description,
            ["QuotaArn"] = Arn(call.Account, region, quota),
            ["QuotaCategory"] = "CommonQuota",
            ["QuotaType"] = "normal",
            ["QuotaUnit"] = Unit,
            ["TotalQuota"] = (double)total,
            ["TotalUsage"] = (double)quota.Usage(store, call.Account, region),
            ["Consumable"] = quota.IsConsumed,
            ["GlobalQuota"] = false,
            ["Adjustable"] = why is null,
            ["ApplicableType"] = "continuous",
            ["ApplicableRange"] = total < quota.Most ? new JsonArray((double)(total + 1), (double)quota.Most) : [],
            ["SupportedRange"] = new JsonArray((double)quota.Usual, (double)quota.Most),
            ["Dimensions"] = Dimensions(region),
        };
        if (why is not null) json["UnadjustableDetail"] = why;
        return json;
    }

    public static string Arn(string account, string region, Quota quota) => $"acs:quotas:{region}:{account}:quota/{Quota.ProductCode}/{quota.Code}/";

    public static JsonObject Dimensions(string region) => new() { ["regionId"] = region };

    private static string? Unadjustable(Session store, string account, string region, Quota quota, int total) =>
        total >= quota.Most ? "limitReached" : QuotaApplications.AnyUnderWay(store, account, region, quota) ? "applicationProcess" : null;
}
