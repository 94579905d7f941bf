using EcsImages.Core.Quotas;
using EcsImages.Core.Workflows;

namespace EcsImages.PowerShell.Quotas;

/// <summary>Quotas as people name them.</summary>
internal static class QuotaNames
{
    /// <exception cref="EcsNotFoundException">No name and no code; the message lists those that are known.</exception>
    public static ImageQuota Find(string text) => ImageQuota.Find(text) ?? throw new EcsNotFoundException("QUOTA.NOT.FOUND",
        $"There is no image quota '{text}'. Known are {string.Join(" and ", ImageQuota.All.Select(static q => $"{q.Name} ({q.Code})"))}; another quota of ECS is named by its code, which begins with q_.");
}
