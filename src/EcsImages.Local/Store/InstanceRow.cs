using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>An instance. Its state is a pure function of its row and the time.</summary>
internal sealed record InstanceRow
{
    public const string Pending = "Pending", Starting = "Starting", Running = "Running", Stopping = "Stopping", Stopped = "Stopped";

    /// <summary>On its way down and up again.</summary>
    public const string Rebooting = "Rebooting";

    /// <summary>
    /// All columns, with the state at $now as status, the VPC as vpc (none in the classic network), and the elastic address. A new instance
    /// is Pending; one that will run is so for a third of its time, then Starting. One that reboots is Stopping for half of it.
    /// </summary>
    public const string View =
        """
        (SELECT instance.*, CASE WHEN vswitch.is_classic THEN '' ELSE vswitch.vpc END AS vpc,
            CASE WHEN $now >= instance.ready_at THEN instance.outcome
                WHEN instance.passing = 'Rebooting' THEN CASE WHEN $now < instance.started_at + instance.duration_ms / 2 THEN 'Stopping' ELSE 'Starting' END
                WHEN instance.passing <> 'Pending' THEN instance.passing
                WHEN instance.outcome = 'Stopped' OR $now < instance.started_at + instance.duration_ms / 3 THEN 'Pending' ELSE 'Starting' END AS status,
            eip.id AS eip, eip.address AS eip_address, eip.bandwidth AS eip_bandwidth, eip.charge_type AS eip_charge_type
        FROM instance JOIN vswitch ON vswitch.id = instance.vswitch
            LEFT JOIN eip ON eip.target = instance.id AND NOT (eip.passing = 'Unassociating' AND $now >= eip.ready_at))
        """;

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }
    public required string ZoneId { get; init; }
    public required string ImageId { get; init; }
    public required string InstanceType { get; init; }
    public required string VSwitchId { get; init; }

    /// <summary>Empty in the classic network.</summary>
    public string VpcId { get; init; } = "";
    public string Name { get; init; } = "";
    public string Description { get; init; } = "";
    public string HostName { get; init; } = "";
    public string OsType { get; init; } = "linux";
    public string OsName { get; init; } = "";
    public string OsNameEn { get; init; } = "";
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];
    public string PrivateIp { get; init; } = "";
    public string PublicIp { get; init; } = "";
    public int BandwidthOut { get; init; }
    public string InternetChargeType { get; init; } = "PayByTraffic";
    public BoundEip? Eip { get; init; }
    public string ChargeType { get; init; } = "PostPaid";
    public string KeyPair { get; init; } = "";
    public string ResourceGroup { get; init; } = "";
    public string StoppedMode { get; init; } = "KeepCharging";
    public string HttpTokens { get; init; } = "optional";
    public bool DeletionProtection { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>What it was at the time of the session that read it.</summary>
    public string Status { get; init; } = Pending;

    /// <summary>An own instance; in any region where none is given.</summary>
    public static InstanceRow? Find(Session session, string account, string? region, string id) => session.Single(
        $"SELECT * FROM {View} WHERE id = $id AND account = $account AND ($region IS NULL OR region = $region)", Read,
        ("id", id), ("account", account), ("region", region), ("now", session.Now.Milliseconds()));

    public static InstanceRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        ZoneId = row.Text("zone"),
        ImageId = row.Text("image"),
        InstanceType = row.Text("instance_type"),
        VSwitchId = row.Text("vswitch"),
        VpcId = row.Text("vpc"),
        Name = row.Text("name"),
        Description = row.Text("description"),
        HostName = row.Text("host_name"),
        OsType = row.Text("os_type"),
        OsName = row.Text("os_name"),
        OsNameEn = row.Text("os_name_en"),
        SecurityGroups = row.Text("security_groups").Split(','),
        PrivateIp = row.Text("private_ip"),
        PublicIp = row.Text("public_ip"),
        BandwidthOut = row.Int("bandwidth_out"),
        InternetChargeType = row.Text("internet_charge_type"),
        Eip = row.TextOrNull("eip") is { } eip
            ? new(eip, row.Text("eip_address"), row.Int("eip_bandwidth"), row.Text("eip_charge_type")) : null,
        ChargeType = row.Text("charge_type"),
        KeyPair = row.Text("key_pair"),
        ResourceGroup = row.Text("resource_group"),
        StoppedMode = row.Text("stopped_mode"),
        HttpTokens = row.Text("http_tokens"),
        DeletionProtection = row.Flag("deletion_protection"),
        CreatedAt = row.Time("created_at"),
        StartedAt = row.Time("started_at"),
        Status = row.Text("status"),
    };

    /// <summary>Stores it as new, on its way to Running or Stopped.</summary>
    public void Insert(Session session, string outcome, double seconds) => session.Execute(
        """
        INSERT INTO instance (id, account, region, zone, image, instance_type, name, description, host_name, os_type, os_name, os_name_en,
            vswitch, security_groups, private_ip, public_ip, bandwidth_out, internet_charge_type, charge_type, key_pair, resource_group,
            http_tokens, deletion_protection, created_at, passing, outcome, started_at, duration_ms)
        VALUES ($id, $account, $region, $zone, $image, $type, $name, $description, $host, $os_type, $os_name, $os_name_en,
            $vswitch, $groups, $private, $public, $bandwidth, $internet, $charge, $key, $group, $tokens, $protected, $now, 'Pending', $outcome, $now, $duration)
        """,
        ("id", Id), ("account", Account), ("region", RegionId), ("zone", ZoneId), ("image", ImageId), ("type", InstanceType), ("name", Name),
        ("description", Description), ("host", HostName), ("os_type", OsType), ("os_name", OsName), ("os_name_en", OsNameEn),
        ("vswitch", VSwitchId), ("groups", string.Join(',', SecurityGroups)), ("private", PrivateIp), ("public", PublicIp),
        ("bandwidth", BandwidthOut), ("internet", InternetChargeType), ("charge", ChargeType), ("key", KeyPair), ("group", ResourceGroup), ("tokens", HttpTokens),
        ("protected", DeletionProtection), ("now", CreatedAt.Milliseconds()), ("outcome", outcome), ("duration", session.Duration(seconds)));

    /// <summary>Sends it on its way to another state.</summary>
    public void Move(Session session, string passing, string outcome, double seconds) => session.Execute(
        "UPDATE instance SET passing = $passing, outcome = $outcome, started_at = $now, duration_ms = $duration WHERE id = $id",
        ("id", Id), ("passing", passing), ("outcome", outcome), ("now", session.Now.Milliseconds()), ("duration", session.Duration(seconds)));
}

/// <summary>The elastic address of an instance.</summary>
internal sealed record BoundEip(string Id, string Address, int Bandwidth, string ChargeType);
