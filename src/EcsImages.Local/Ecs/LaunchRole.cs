using EcsImages.Local.Dispatch;
using EcsImages.Local.Ram;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The RAM role of an instance: one that the account has, and that trusts ECS. Source: RunInstances, RamRoleName and its error table.</summary>
internal static class LaunchRole
{
    private const string Service = "ecs.aliyuncs.com";

    /// <exception cref="EndpointError">InvalidRamRole.NotFound or InvalidRamRole.NotEcsRole.</exception>
    public static void Check(Call call, Session store)
    {
        if (call.Text("RamRoleName") is not { } name) return;
        var role = RamRoles.Find(store, call.Account, name) ?? throw Error.Of("InvalidRamRole.NotFound", name);
        if (!RoleTrust.Parse(role.Trust).Lets("Service", [Service], RequestContext.Of("127.0.0.1", store.Now))) throw Error.Of("InvalidRamRole.NotEcsRole", name, Service);
    }
}
