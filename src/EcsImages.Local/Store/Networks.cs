using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A vSwitch: part of a VPC in one zone.</summary>
internal sealed record VSwitchRow(string Id, string VpcId, string ZoneId, string Cidr);

/// <summary>The network that every account has in every region: a VPC, a vSwitch in each zone, a security group. Made on first use.</summary>
internal static class Networks
{
    private const string Vpc = "172.31.0.0/16";

    public static void Ensure(Session session, string account, string region, IReadOnlyList<string> zones)
    {
        if (session.Scalar<string>("SELECT id FROM vpc WHERE account = $account AND region = $region AND is_default = 1",
            ("account", account), ("region", region)) is not null) return;
        var now = session.Now.Milliseconds();
        var vpc = Ids.Vpc(region);
        session.Execute("INSERT INTO vpc VALUES ($id, $account, $region, '', 'System created default VPC.', $cidr, 1, $now)",
            ("id", vpc), ("account", account), ("region", region), ("cidr", Vpc), ("now", now));
        // A /20 for each zone; a /16 has room for 16, and no region has as many zones.
        for (var i = 0; i < zones.Count && i < 16; i++)
            session.Execute("INSERT INTO vswitch VALUES ($id, $account, $region, $vpc, $zone, '', 'System created default virtual switch.', $cidr, 1, $now)",
                ("id", Ids.VSwitch(region)), ("account", account), ("region", region), ("vpc", vpc), ("zone", zones[i]),
                ("cidr", $"172.31.{16 * i}.0/20"), ("now", now));
        session.Execute("INSERT INTO security_group VALUES ($id, $account, $region, $vpc, 'default', 'System created security group.', 1, $now)",
            ("id", Ids.SecurityGroup(region)), ("account", account), ("region", region), ("vpc", vpc), ("now", now));
    }

    public static VSwitchRow? Find(Session session, string account, string region, string id) => session.Single(
        "SELECT id, vpc, zone, cidr FROM vswitch WHERE id = $id AND account = $account AND region = $region", Read,
        ("id", id), ("account", account), ("region", region));

    public static VSwitchRow? Default(Session session, string account, string region, string zone) => session.Single(
        "SELECT id, vpc, zone, cidr FROM vswitch WHERE account = $account AND region = $region AND zone = $zone AND is_default = 1", Read,
        ("account", account), ("region", region), ("zone", zone));

    /// <summary>The security group that holds where none is named.</summary>
    public static string? DefaultGroup(Session session, string vpc) =>
        session.Scalar<string>("SELECT id FROM security_group WHERE vpc = $vpc AND is_default = 1", ("vpc", vpc));

    /// <summary>The VPC of an own security group; null where there is no such group.</summary>
    public static string? VpcOfGroup(Session session, string account, string region, string id) => session.Scalar<string>(
        "SELECT vpc FROM security_group WHERE id = $id AND account = $account AND region = $region",
        ("id", id), ("account", account), ("region", region));

    private static VSwitchRow Read(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3));
}
