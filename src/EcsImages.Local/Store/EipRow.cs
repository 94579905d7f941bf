using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>An elastic address. Its state is a pure function of its row and the time.</summary>
internal sealed record EipRow
{
    public const string Available = "Available", Associating = "Associating", InUse = "InUse", Unassociating = "Unassociating";

    /// <summary>All columns, with the state at $now as status, and as instance the one that it is with.</summary>
    public const string View =
        """
        (SELECT eip.*, CASE WHEN target IS NULL THEN 'Available' WHEN $now < ready_at THEN passing
                WHEN passing = 'Unassociating' THEN 'Available' ELSE 'InUse' END AS status,
            CASE WHEN passing = 'Unassociating' AND $now >= ready_at THEN NULL ELSE target END AS instance
        FROM eip)
        """;

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }
    public required string Address { get; init; }
    public required int Bandwidth { get; init; }
    public required string ChargeType { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string? InstanceId { get; init; }

    /// <summary>What it was at the time of the session that read it.</summary>
    public string Status { get; init; } = Available;

    /// <summary>An own address; in any region where none is given.</summary>
    public static EipRow? Find(Session session, string account, string? region, string id) => session.Single(
        $"SELECT * FROM {View} WHERE id = $id AND account = $account AND ($region IS NULL OR region = $region)", Read,
        ("id", id), ("account", account), ("region", region), ("now", session.Now.Milliseconds()));

    public static EipRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        Address = row.Text("address"),
        Bandwidth = row.Int("bandwidth"),
        ChargeType = row.Text("charge_type"),
        CreatedAt = row.Time("created_at"),
        InstanceId = row.TextOrNull("instance"),
        Status = row.Text("status"),
    };

    public void Insert(Session session) => session.Execute(
        "INSERT INTO eip (id, account, region, address, bandwidth, charge_type, created_at) VALUES ($id, $account, $region, $address, $bandwidth, $charge, $now)",
        ("id", Id), ("account", Account), ("region", RegionId), ("address", Address), ("bandwidth", Bandwidth), ("charge", ChargeType),
        ("now", CreatedAt.Milliseconds()));

    /// <summary>Sends it on its way to an instance that has none, or from the one that it is with.</summary>
    public void Move(Session session, string passing, string instance, double seconds)
    {
        // One that has left the instance may still name it.
        session.Execute("UPDATE eip SET target = NULL WHERE target = $instance AND passing = 'Unassociating' AND ready_at <= $now AND id <> $id",
            ("instance", instance), ("id", Id), ("now", session.Now.Milliseconds()));
        session.Execute("UPDATE eip SET target = $instance, passing = $passing, ready_at = $now + $duration WHERE id = $id",
            ("id", Id), ("instance", instance), ("passing", passing), ("now", session.Now.Milliseconds()), ("duration", session.Duration(seconds)));
    }

    /// <summary>Lets go of an instance at once.</summary>
    public static void Free(Session session, string instance) =>
        session.Execute("UPDATE eip SET target = NULL, passing = '' WHERE target = $instance", ("instance", instance));

    public void Delete(Session session) => session.Execute("DELETE FROM eip WHERE id = $id", ("id", Id));
}
