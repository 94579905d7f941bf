using System.Net;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A VPC with one vSwitch and one security group, which the service makes for work of its own and takes away again.</summary>
internal sealed record TemporaryNetwork(string Vpc, string VSwitch, string SecurityGroup)
{
    /// <summary>Ready at once.</summary>
    public static TemporaryNetwork Create(Session store, string account, string region, string zone, string name, string description, IPNetwork whole, IPNetwork part)
    {
        var (vpc, vswitch) = (Ids.Vpc(region), Ids.VSwitch(region));
        (string, object?)[] common = [("account", account), ("region", region), ("name", name), ("text", description), ("vpc", vpc), ("now", store.Now.Milliseconds())];
        store.Execute("INSERT INTO vpc (id, account, region, name, description, cidr, created_at) VALUES ($vpc, $account, $region, $name, $text, $cidr, $now)",
            [.. common, ("cidr", whole.ToString())]);
        store.Execute(
            """
            INSERT INTO vswitch (id, account, region, vpc, zone, name, description, cidr, created_at)
            VALUES ($id, $account, $region, $vpc, $zone, $name, $text, $cidr, $now)
            """, [.. common, ("id", vswitch), ("zone", zone), ("cidr", part.ToString())]);
        return new(vpc, vswitch, CreateGroup(store, account, region, vpc, name, description));
    }

    /// <summary>A security group alone, in a VPC that is there.</summary>
    public static string CreateGroup(Session store, string account, string region, string vpc, string name, string description)
    {
        var group = Ids.SecurityGroup(region);
        store.Execute("INSERT INTO security_group (id, account, region, vpc, name, description, created_at) VALUES ($id, $account, $region, $vpc, $name, $text, $now)",
            ("id", group), ("account", account), ("region", region), ("vpc", vpc), ("name", name), ("text", description), ("now", store.Now.Milliseconds()));
        return group;
    }

    /// <summary>Takes the whole away, unless an instance has moved in.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryDelete(Session store, string vpc)
    {
        if (store.Scalar<long>("SELECT count(*) FROM instance WHERE vswitch IN (SELECT id FROM vswitch WHERE vpc = $vpc)", ("vpc", vpc)) > 0) return false;
        foreach (var table in (string[])["security_group", "vswitch"]) store.Execute($"DELETE FROM {table} WHERE vpc = $vpc", ("vpc", vpc));
        store.Execute("DELETE FROM vpc WHERE id = $vpc", ("vpc", vpc));
        return true;
    }
}
