using EcsImages.Core.Contract;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>A call of ECS that the service makes itself, with all the checks of a call that comes from outside.</summary>
internal static class ServiceCall
{
    /// <summary>The call, not made; null leaves a parameter out. Without a RegionId among the parameters it is in the region.</summary>
    public static Call Of(Session store, Caller who, string region, string requestId, string operation, params IEnumerable<(string Name, string? Value)> parameters)
    {
        var sent = parameters.Where(static p => p.Value is not null).ToDictionary(static p => p.Name, static p => p.Value!, StringComparer.Ordinal);
        var described = ApiContract.Ecs.Operations[operation];
        var kept = RequestChecker.Check(ApiContract.Ecs, described, Operations.Find("ecs", operation)!, sent);
        return new(described, kept, who.Account, sent.GetValueOrDefault("RegionId") ?? region, requestId, store.Now) { Who = who };
    }
}
