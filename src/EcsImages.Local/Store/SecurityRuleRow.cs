using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A rule of a security group. Two that differ in their descriptions only are one.</summary>
internal sealed record SecurityRuleRow
{
    public const string Ingress = "ingress", Egress = "egress";

    public string Id { get; init; } = "";
    public required string GroupId { get; init; }
    public required string Direction { get; init; }

    /// <summary>In capitals: TCP, UDP, ICMP, ICMPv6, GRE, ALL.</summary>
    public required string Protocol { get; init; }
    public required string Ports { get; init; }
    public string SourcePorts { get; init; } = "";
    public required string NicType { get; init; }

    /// <summary>Accept or Drop.</summary>
    public required string Policy { get; init; }
    public required int Priority { get; init; }
    public string SourceCidr { get; init; } = "";
    public string DestCidr { get; init; } = "";
    public string SourceCidr6 { get; init; } = "";
    public string DestCidr6 { get; init; } = "";

    /// <summary>The group on the other side; empty where that is a block.</summary>
    public string Peer { get; init; } = "";
    public string Description { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }

    public static SecurityRuleRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        GroupId = row.Text("security_group"),
        Direction = row.Text("direction"),
        Protocol = row.Text("protocol"),
        Ports = row.Text("ports"),
        SourcePorts = row.Text("source_ports"),
        NicType = row.Text("nic_type"),
        Policy = row.Text("policy"),
        Priority = row.Int("priority"),
        SourceCidr = row.Text("source_cidr"),
        DestCidr = row.Text("dest_cidr"),
        SourceCidr6 = row.Text("source_cidr6"),
        DestCidr6 = row.Text("dest_cidr6"),
        Peer = row.Text("peer"),
        Description = row.Text("description"),
        CreatedAt = row.Time("created_at"),
    };

    /// <summary>Adds it, unless it is there already.</summary>
    public void Insert(Session session, string region) => session.Execute(
        """
        INSERT INTO security_rule (id, security_group, direction, protocol, ports, source_ports, nic_type, policy, priority,
            source_cidr, dest_cidr, source_cidr6, dest_cidr6, peer, description, created_at)
        VALUES ($id, $group, $direction, $protocol, $ports, $source_ports, $nic, $policy, $priority,
            $source, $dest, $source6, $dest6, $peer, $description, $now)
        ON CONFLICT DO NOTHING
        """,
        ("id", Ids.SecurityRule(region)), ("group", GroupId), ("direction", Direction), ("protocol", Protocol), ("ports", Ports),
        ("source_ports", SourcePorts), ("nic", NicType), ("policy", Policy), ("priority", Priority), ("source", SourceCidr), ("dest", DestCidr),
        ("source6", SourceCidr6), ("dest6", DestCidr6), ("peer", Peer), ("description", Description), ("now", session.Now.Milliseconds()));
}
