using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A row: nothing routes. It is Pending for a while, as at the service.</summary>
internal sealed class CreateVpc : IOperation
{
    // The default VPC does not count.
    private const int MostVpcs = 10, MostUserCidrs = 3;

    public string Name => "CreateVpc";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["VpcName", "Description"];

    public Reply Run(Call call, Session store)
    {
        var name = NameRule.Name(call, "VpcName", "InvalidVpcName.Malformed") ?? "";
        var description = NameRule.Description(call, "Description", "InvalidVpcDiscription.Malformed");
        var cidr = call.Text("CidrBlock") ?? "172.16.0.0/12";
        if (!Cidr.TryParse(cidr, out var block) || !block.IsPrivate || block.Mask > 28)
            throw Error.Invalid("CidrBlock", $"{cidr} is not within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 with a mask of 8 to 28.");
        var users = call.Text("UserCidr")?.Split(',') ?? [];
        if (users.Length > MostUserCidrs) throw Error.Of("InvalidUserCidr.Quota", users.Length, MostUserCidrs);
        if (users.FirstOrDefault(static u => !Cidr.TryParse(u, out _)) is { } bad) throw Error.Of("InvalidUserCidr.Malformed", bad);
        if (store.Scalar<long>("SELECT count(*) FROM vpc WHERE account = $account AND region = $region AND is_default = 0 AND is_classic = 0",
            ("account", call.Account), ("region", call.RegionId)) >= MostVpcs) throw Error.Of("QuotaExceeded.Vpc", MostVpcs);
        var id = Ids.Vpc(call.RegionId);
        store.Execute(
            """
            INSERT INTO vpc (id, account, region, name, description, cidr, user_cidrs, created_at, ready_at)
            VALUES ($id, $account, $region, $name, $description, $cidr, $users, $now, $now + $pending)
            """,
            ("id", id), ("account", call.Account), ("region", call.RegionId), ("name", name), ("description", description), ("cidr", cidr),
            ("users", string.Join(',', users)), ("now", call.Now.Milliseconds()), ("pending", store.Duration(NamedVpc.SecondsPending)));
        return new(new JsonObject
        {
            ["VpcId"] = id,
            ["VRouterId"] = NamedVpc.RouterOf(id),
            ["RouteTableId"] = NamedVpc.RouteTableOf(id),
        });
    }
}
