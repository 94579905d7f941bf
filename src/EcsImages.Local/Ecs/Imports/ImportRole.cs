using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>The RAM role by which the service reads the caller's objects.</summary>
internal sealed record ImportRole(string Name)
{
    private const string Default = "AliyunECSImageImportDefaultRole";

    public static ImportRole Need(Call call, Session store) => new(call.Text("RoleName") ?? Default);

    public void NeedRead(Call call, ImportDisk disk) => _ = (call, disk, Name);
}
