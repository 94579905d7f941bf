using System.Collections.Concurrent;

namespace EcsImages.PowerShell.Sessions;

/// <summary>Which actions a session's contexts have called, where and how often; no parameters, so nothing that could be secret.</summary>
internal sealed class SessionCalls
{
    private readonly ConcurrentDictionary<(string Action, string RegionId), int> _counts = new();

    /// <summary>What was called so far, by action and region.</summary>
    public IReadOnlyList<(string Action, string RegionId, int Count)> All =>
        [.. _counts.Select(static c => (c.Key.Action, c.Key.RegionId, c.Value)).OrderBy(static c => c.Action, StringComparer.Ordinal).ThenBy(static c => c.RegionId, StringComparer.Ordinal)];

    /// <summary>Counts one call; from any thread.</summary>
    public void Note(string action, string regionId) => _counts.AddOrUpdate((action, regionId), 1, static (_, count) => count + 1);
}
