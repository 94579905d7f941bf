using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Quotas;

internal sealed class GetProductQuota : IOperation
{
    public string Name => "GetProductQuota";

    public Reply Run(Call call, Session store)
    {
        var quota = QuotaWords.Need(call);
        return new(new() { ["Quota"] = QuotaJson.Of(call, store, quota, QuotaWords.Region(call)) });
    }
}
