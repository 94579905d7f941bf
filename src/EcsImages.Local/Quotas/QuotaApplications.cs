using EcsImages.Local.Store;

namespace EcsImages.Local.Quotas;

/// <summary>An application for more of a quota, as it will be decided: within the range it is agreed.</summary>
internal sealed record QuotaApplication(
    string Id, string Account, string Region, Quota Quota, int Value, string Reason,
    DateTimeOffset CreatedAt, DateTimeOffset DecidedAt, DateTimeOffset EffectiveAt, DateTimeOffset? ExpiresAt);

/// <summary>Applications as rows. What became of one is a function of its row and the clock.</summary>
internal static class QuotaApplications
{
    /// <summary>The highest value that is in effect; null where nothing was ever asked for.</summary>
    public static int? Granted(Session store, string account, string region, Quota quota) => store.Scalar<long>(
        """
        SELECT max(value) FROM quota_application
        WHERE account = $account AND region = $region AND quota = $quota AND effective_at <= $now AND expires_at > $now
        """, ("account", account), ("region", region), ("quota", quota.Code), ("now", Now(store))) is > 0 and var value ? (int)value : null;

    /// <summary>Whether one is not decided yet.</summary>
    public static bool AnyUnderWay(Session store, string account, string region, Quota quota) => store.Scalar<long>(
        "SELECT EXISTS (SELECT 1 FROM quota_application WHERE account = $account AND region = $region AND quota = $quota AND decided_at > $now)",
        ("account", account), ("region", region), ("quota", quota.Code), ("now", Now(store))) > 0;

    public static void Insert(Session store, QuotaApplication application) => store.Execute(
        """
        INSERT INTO quota_application (id, account, region, quota, value, reason, created_at, decided_at, effective_at, expires_at)
        VALUES ($id, $account, $region, $quota, $value, $reason, $created, $decided, $effective, $expires)
        """, ("id", application.Id), ("account", application.Account), ("region", application.Region), ("quota", application.Quota.Code),
        ("value", application.Value), ("reason", application.Reason), ("created", application.CreatedAt.Milliseconds()),
        ("decided", application.DecidedAt.Milliseconds()), ("effective", application.EffectiveAt.Milliseconds()),
        ("expires", application.ExpiresAt?.Milliseconds() ?? long.MaxValue));

    private static long Now(Session store) => store.Now.Milliseconds();
}
