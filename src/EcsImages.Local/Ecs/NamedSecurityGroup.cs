using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A security group that a call names.</summary>
/// <param name="Id">sg-….</param>
/// <param name="VpcId">Empty in the classic network.</param>
/// <param name="Name">May be empty.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Type">normal or enterprise.</param>
internal sealed record NamedSecurityGroup(string Id, string VpcId, string Name, string Description, string Type)
{
    public bool IsClassic => VpcId.Length == 0;

    /// <summary>An own group in the region of the call.</summary>
    public static NamedSecurityGroup? Find(Call call, Session store, string id) => store.Single(
        """
        SELECT g.id, CASE WHEN v.is_classic THEN '' ELSE g.vpc END, g.name, g.description, g.type FROM security_group g JOIN vpc v ON v.id = g.vpc
        WHERE g.id = $id AND g.account = $account AND g.region = $region
        """,
        static r => new NamedSecurityGroup(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4)),
        ("id", id), ("account", call.Account), ("region", call.RegionId));

    /// <exception cref="EndpointError">InvalidSecurityGroupId.NotFound: unknown, or somebody else's.</exception>
    public static NamedSecurityGroup Need(Call call, Session store, string id) =>
        Find(call, store, id) ?? throw Error.Of("InvalidSecurityGroupId.NotFound", id);
}
