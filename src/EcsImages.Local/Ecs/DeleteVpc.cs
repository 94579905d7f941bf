using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Deletes a VPC in which nothing is left: instances go first, then groups, then vSwitches.</summary>
internal sealed class DeleteVpc : IOperation
{
    private static readonly (string Code, string Sql)[] Left =
    [
        ("DependencyViolation.Instance", "SELECT i.id FROM instance i JOIN vswitch v ON v.id = i.vswitch WHERE v.vpc = $vpc LIMIT 1"),
        ("DependencyViolation.SecurityGroup", "SELECT id FROM security_group WHERE vpc = $vpc LIMIT 1"),
        ("DependencyViolation.VSwitch", "SELECT id FROM vswitch WHERE vpc = $vpc LIMIT 1"),
    ];

    public string Name => "DeleteVpc";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        var vpc = NamedVpc.NeedReady(call, store, call.Needed("VpcId"));
        foreach (var (code, sql) in Left)
            if (store.Scalar<string>(sql, ("vpc", vpc.Id)) is { } left) throw Error.Of(code, vpc.Id, left);
        store.Execute("DELETE FROM vpc WHERE id = $id", ("id", vpc.Id));
        return Reply.Empty;
    }
}
