using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Quotas;

/// <summary>Takes an application for more. Nobody reviews it: within the range it is agreed, about a second later.</summary>
internal sealed class CreateQuotaApplication : IOperation
{
    public string Name => "CreateQuotaApplication";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var quota = QuotaWords.Need(call);
        var region = QuotaWords.NeedRegion(call);
        var notice = call.Text("NoticeType") ?? "0";
        if (notice is not ("0" or "3")) throw Error.Of("InvalidNoticeType", notice);
        Choice.Of(call, "EnvLanguage", "InvalidParameter", "en", "zh");
        var isSync = Choice.Of(call, "AuditMode", "InvalidParameter", "Async", "Sync") is "Sync";
        var value = Value(call, store, quota, region);
        var application = At(call, isSync ? call.Now : call.Now.AddMilliseconds(store.Duration(1)), quota, region, value);
        QuotaApplications.Insert(store, application);
        return Answer(application, isSync, int.Parse(notice, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static int Value(Call call, Session store, Quota quota, string region)
    {
        var wanted = call.Number("DesireValue")!.Value;
        var total = quota.Total(store, call.Account, region);
        if (total >= quota.Most) throw Error.Of("QUOTA.NOT.ADJUSTABLE", quota.Code, total);
        if (QuotaApplications.AnyUnderWay(store, call.Account, region, quota)) throw Error.Of("QUOTA.APPLICATION.PROCESS", quota.Code, region);
        if (wanted <= 0 || wanted != Math.Floor(wanted)) throw Error.Of("InvalidDesireValue", wanted);
        if (wanted <= total || wanted > quota.Most) throw Error.Of("QUOTA.DESIREVALUE.ILLEGAL", wanted, total + 1, quota.Most);
        return (int)wanted;
    }

    private static QuotaApplication At(Call call, DateTimeOffset decided, Quota quota, string region, int value)
    {
        var from = Time(call, "EffectiveTime");
        var to = Time(call, "ExpireTime");
        var effective = from > decided ? from.Value : decided;
        if (to <= effective) throw Error.Invalid("ExpireTime", "it is not after the time from which the quota would hold.");
        return new(Guid.NewGuid().ToString(), call.Account, region, quota, value, call.Needed("Reason"), call.Now, decided, effective, to);
    }

    private static DateTimeOffset? Time(Call call, string name) =>
        call.Text(name) is not { } text ? null
        : Times.TryParse(text, out var time) ? time
        : throw Error.Invalid(name, $"{text} is not a time like 2026-01-19T09:25:56Z.");

    private static Reply Answer(QuotaApplication application, bool isDecided, int notice)
    {
        var reply = new Reply(new()
        {
            ["ApplicationId"] = application.Id,
            ["Status"] = isDecided ? "Agree" : "Process",
            ["ApplyTime"] = Times.Second(application.CreatedAt),
            ["DesireValue"] = application.Value,
            ["Dimension"] = QuotaJson.Dimensions(application.Region),
            ["NoticeType"] = notice,
            ["ProductCode"] = Quota.ProductCode,
            ["QuotaActionCode"] = application.Quota.Code,
            ["QuotaArn"] = QuotaJson.Arn(application.Account, application.Region, application.Quota),
            ["QuotaName"] = application.Quota.Name,
            ["QuotaDescription"] = application.Quota.Description,
            ["QuotaUnit"] = QuotaJson.Unit,
            ["Reason"] = application.Reason,
        });
        if (!isDecided) return reply;
        reply.Body["ApproveValue"] = (double)application.Value;
        reply.Body["AuditReason"] = "Agree";
        reply.Body["EffectiveTime"] = Times.Second(application.EffectiveAt);
        if (application.ExpiresAt is { } expires) reply.Body["ExpireTime"] = Times.Second(expires);
        return reply;
    }
}
