using System.Collections.Concurrent;
using EcsImages.Core.Quotas;

namespace EcsImages.Core.Workflows;

/// <summary>How quotas are waited for: until they have grown to what was asked for, or the application has ended otherwise.</summary>
/// <remarks>No operation of the contract reads an application; what became of it shows in the quota.</remarks>
internal static class QuotaFollowing
{
    /// <param name="access">The account whose quotas they are.</param>
    /// <param name="requested">The total that was asked for, by code and region.</param>
    public static FollowKind<EcsImageQuota> Until(EcsAccess access, IReadOnlyDictionary<(string Code, string RegionId), long> requested)
    {
        var quotas = new ImageQuotas(access);
        var underWay = new ConcurrentDictionary<(string, string), bool>();
        return new FollowKind<EcsImageQuota>
        {
            Read = async (codes, regionId, stop) =>
            {
                var read = new List<EcsImageQuota>(codes.Count);
                foreach (var code in codes) read.Add(await quotas.GetAsync(ImageQuota.Find(code)!, regionId, stop).ConfigureAwait(false));
                return read;
            },
            Id = static q => q.QuotaActionCode,
            IsDone = q => q.Total >= requested[(q.QuotaActionCode, q.RegionId)],
            Failure = q =>
            {
                var wanted = requested[(q.QuotaActionCode, q.RegionId)];
                if (q.Reason is "applicationProcess") underWay[(q.QuotaActionCode, q.RegionId)] = true;
                // Until the quota has shown that an application is under way, the service's answers may lag behind it.
                else if (q.Total < wanted && underWay.ContainsKey((q.QuotaActionCode, q.RegionId)))
                    return new EndedOtherwiseException("QuotaNotRaised",
                        $"The application for {wanted} of {q.Name} in {q.RegionId} has ended, and the quota is {q.Total}. Quota Center's console says why.");
                return null;
            },
            Progress = static q => new(new(q.QuotaActionCode, q.RegionId), q.Reason ?? $"total {q.Total}", null, null),
        };
    }
}
