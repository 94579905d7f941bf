using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A vSwitch: part of a VPC in one zone.</summary>
internal sealed record VSwitchRow(string Id, string VpcId, string ZoneId, string Cidr, bool IsReady);

/// <summary>The network that every account has in every region: a VPC, a vSwitch in each zone, a security group. Made on first use.</summary>
internal static class Networks
{
    private const string Vpc = "172.31.0.0/16", Classic = "10.0.0.0/8";
    private const string Columns = "SELECT id, vpc, zone, cidr, ready_at <= $now FROM vswitch ";

    public static void Ensure(Session session, string account, string region, IReadOnlyList<string> zones)
    {
        if (session.Scalar<string>("SELECT id FROM vpc WHERE account = $account AND region = $region AND is_default = 1",
            ("account", account), ("region", region)) is not null) return;
        var now = session.Now.Milliseconds();
        var vpc = Ids.Vpc(region);
        session.Execute("INSERT INTO vpc (id, account, region, description, cidr, is_default, created_at) VALUES ($id, $account, $region, 'System created default VPC.', $cidr, 1, $now)",
            ("id", vpc), ("account", account), ("region", region), ("cidr", Vpc), ("now", now));
        // A /20 for each zone; a /16 has room for 16, and no region has as many zones.
        for (var i = 0; i < zones.Count && i < 16; i++)
            session.Execute(
                """
                INSERT INTO vswitch (id, account, region, vpc, zone, description, cidr, is_default, created_at)
                VALUES ($id, $account, $region, $vpc, $zone, 'System created default virtual switch.', $cidr, 1, $now)
                """,
                ("id", Ids.VSwitch(region)), ("account", account), ("region", region), ("vpc", vpc), ("zone", zones[i]),
                ("cidr", $"172.31.{16 * i}.0/20"), ("now", now));
        session.Execute(
            """
            INSERT INTO security_group (id, account, region, vpc, name, description, is_default, created_at)
            VALUES ($id, $account, $region, $vpc, 'default', 'System created security group.', 1, $now)
            """,
            ("id", Ids.SecurityGroup(region)), ("account", account), ("region", region), ("vpc", vpc), ("now", now));
    }

    /// <summary>What stands for the classic network in the store; made on first use.</summary>
    public static string ClassicVpc(Session session, string account, string region, IReadOnlyList<string> zones)
    {
        if (session.Scalar<string>("SELECT id FROM vpc WHERE account = $account AND region = $region AND is_classic = 1",
            ("account", account), ("region", region)) is { } known) return known;
        var (vpc, now) = (Ids.Vpc(region), session.Now.Milliseconds());
        session.Execute("INSERT INTO vpc (id, account, region, cidr, is_classic, created_at) VALUES ($id, $account, $region, $cidr, 1, $now)",
            ("id", vpc), ("account", account), ("region", region), ("cidr", Classic), ("now", now));
        for (var i = 0; i < zones.Count; i++)
            session.Execute(
                "INSERT INTO vswitch (id, account, region, vpc, zone, cidr, is_classic, created_at) VALUES ($id, $account, $region, $vpc, $zone, $cidr, 1, $now)",
                ("id", Ids.VSwitch(region)), ("account", account), ("region", region), ("vpc", vpc), ("zone", zones[i]),
                ("cidr", $"10.{i}.0.0/16"), ("now", now));
        return vpc;
    }

    /// <summary>Where the instances of a zone are in the classic network; null where that VPC is not what stands for it.</summary>
    public static VSwitchRow? ClassicSwitch(Session session, string vpc, string zone) => session.Single(
        Columns + "WHERE vpc = $vpc AND zone = $zone AND is_classic = 1", Read, ("vpc", vpc), ("zone", zone), ("now", session.Now.Milliseconds()));

    /// <summary>An own vSwitch; in any region where none is given.</summary>
    public static VSwitchRow? Find(Session session, string account, string? region, string id) => session.Single(
        Columns + "WHERE id = $id AND account = $account AND ($region IS NULL OR region = $region) AND is_classic = 0", Read,
        ("id", id), ("account", account), ("region", region), ("now", session.Now.Milliseconds()));

    public static VSwitchRow? Default(Session session, string account, string region, string zone) => session.Single(
        Columns + "WHERE account = $account AND region = $region AND zone = $zone AND is_default = 1", Read,
        ("account", account), ("region", region), ("zone", zone), ("now", session.Now.Milliseconds()));

    /// <summary>The security group that holds where none is named.</summary>
    public static string? DefaultGroup(Session session, string vpc) =>
        session.Scalar<string>("SELECT id FROM security_group WHERE vpc = $vpc AND is_default = 1", ("vpc", vpc));

    /// <summary>The VPC of an own security group; null where there is no such group.</summary>
    public static string? VpcOfGroup(Session session, string account, string region, string id) => session.Scalar<string>(
        "SELECT vpc FROM security_group WHERE id = $id AND account = $account AND region = $region",
        ("id", id), ("account", account), ("region", region));

    private static VSwitchRow Read(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4) != 0);
}
