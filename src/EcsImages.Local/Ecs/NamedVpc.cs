using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A VPC that a call names; the classic network is none.</summary>
internal sealed record NamedVpc(string Id, string RegionId, string Cidr, bool IsReady)
{
    /// <summary>The longest that a VPC or a vSwitch is Pending.</summary>
    public const double SecondsPending = 1;

    /// <exception cref="EndpointError">InvalidVpcId.NotFound: unknown, or somebody else's.</exception>
    public static NamedVpc Need(Call call, Session store, string id) => store.Single(
        """
        SELECT id, region, cidr, ready_at <= $now FROM vpc
        WHERE id = $id AND account = $account AND ($region IS NULL OR region = $region) AND is_classic = 0
        """,
        static r => new NamedVpc(r.GetString(0), r.GetString(1), r.GetString(2), r.GetInt64(3) != 0),
        ("id", id), ("account", call.Account), ("region", call.NamedRegion), ("now", store.Now.Milliseconds())) ?? throw Error.Of("InvalidVpcId.NotFound", id);

    /// <exception cref="EndpointError">IncorrectVpcStatus: still Pending.</exception>
    public static NamedVpc NeedReady(Call call, Session store, string id) =>
        Need(call, store, id) is { IsReady: true } vpc ? vpc : throw Error.Of("IncorrectVpcStatus", id, "Pending");

    /// <summary>The router comes with the VPC, as its table does; both have its id but for the prefix.</summary>
    public static string RouterOf(string vpc) => "vrt" + vpc["vpc".Length..];

    public static string RouteTableOf(string vpc) => "vtb" + vpc["vpc".Length..];
}
