using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Deletes a group that no instance is in and no rule of another group names.</summary>
internal sealed class DeleteSecurityGroup : IOperation
{
    public string Name => "DeleteSecurityGroup";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var group = NamedSecurityGroup.Find(call, store, call.Needed("SecurityGroupId"))
            ?? throw Error.Of("InvalidSecurityGroup.NotFound", call.Text("SecurityGroupId"));
        (string, object?)[] values = [("id", group.Id), ("account", call.Account), ("region", call.RegionId)];
        var user = store.Scalar<string>(
            """
            SELECT id FROM instance WHERE account = $account AND region = $region AND instr(',' || security_groups || ',', ',' || $id || ',') > 0 LIMIT 1
            """, values)
            ?? store.Scalar<string>("SELECT security_group FROM security_rule WHERE peer = $id AND security_group <> $id LIMIT 1", values);
        if (user is not null) throw Error.Of("DependencyViolation", group.Id, user);
        TagRows.RemoveAll(store, group.Id);
        store.Execute("DELETE FROM security_group WHERE id = $id", values);
        return Reply.Empty;
    }
}
