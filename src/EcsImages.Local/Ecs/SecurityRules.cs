using System.Globalization;
using System.Net.Sockets;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The rules that a call asks for: as Permissions.N, or as the flat fields of older clients, for one.</summary>
internal static class SecurityRules
{
    private const int MostRules = 200;

    private static readonly string[] Protocols = ["TCP", "UDP", "ICMP", "ICMPv6", "GRE", "ALL"];

    /// <summary>What makes a rule; as flat fields they are one.</summary>
    private static readonly string[] Fields =
    [
        "Description", "DestCidrIp", "DestGroupId", "DestGroupOwnerAccount", "DestGroupOwnerId", "DestPrefixListId", "IpProtocol", "Ipv6DestCidrIp",
        "Ipv6SourceCidrIp", "NicType", "Policy", "PortRange", "Priority", "SourceCidrIp", "SourceGroupId", "SourceGroupOwnerAccount",
        "SourceGroupOwnerId", "SourcePortRange", "SourcePrefixListId",
    ];

    /// <summary>The patterns that have codes of their own here.</summary>
    public static IReadOnlyList<string> Judged { get; } = ["Permissions.N.Priority", "Priority", "Permissions.N.Description"];

    public static Reply Authorize(Call call, Session store, string direction)
    {
        var group = NamedSecurityGroup.Need(call, store, call.Needed("SecurityGroupId"));
        var asked = call.Structs("Permissions");
        if (asked.Count > 0 && Fields.FirstOrDefault(f => call.Text(f) is not null) is { } flat) throw Error.Of("InvalidParameter.Conflict", "Permissions", flat);
        foreach (var rule in asked.Count > 0 ? asked : [call]) Read(call, store, group, rule, direction).Insert(store, call.RegionId);
        if (store.Scalar<long>("SELECT count(*) FROM security_rule WHERE security_group = $id", ("id", group.Id)) > MostRules)
            throw Error.Of("AuthorizationLimitExceed", group.Id, MostRules);
        return Reply.Empty;
    }

    private static SecurityRuleRow Read(Call call, Session store, NamedSecurityGroup group, Parameters asked, string direction)
    {
        var protocol = asked.Text("IpProtocol") ?? throw Error.Missing(asked.NameOf("IpProtocol"));
        var known = Protocols.FirstOrDefault(p => p.Equals(protocol, StringComparison.OrdinalIgnoreCase)) ?? throw Error.Of("InvalidIpProtocol.ValueNotSupported", protocol);
        if (asked.Text("PortRangeListId") is not null) throw Error.Invalid(asked.NameOf("PortRangeListId"), "this endpoint has no port lists.");
        if ((asked.Text("SourcePrefixListId") ?? asked.Text("DestPrefixListId")) is { } prefixes) throw Error.Of("InvalidPrefixListId.NotFound", prefixes);
        var rule = new SecurityRuleRow
        {
            GroupId = group.Id,
            Direction = direction,
            Protocol = known,
            Ports = Ports(known, asked.Text("PortRange") ?? throw Error.Missing(asked.NameOf("PortRange")), "InvalidPortRange.Malformed"),
            SourcePorts = asked.Text("SourcePortRange") is { } ports ? Ports(known, ports, "InvalidSourcePortRange.Malformed") : "",
            NicType = NicType(group, asked),
            Policy = (asked.Text("Policy") ?? "accept").ToLowerInvariant() switch
            {
                "accept" => "Accept",
                "drop" => "Drop",
                _ => throw Error.Of("InvalidPolicy.Malformed", asked.Text("Policy")),
            },
            Priority = Priority(asked),
            SourceCidr = Range(asked, "SourceCidrIp", AddressFamily.InterNetwork, "InvalidSourceCidrIp.Malformed"),
            DestCidr = Range(asked, "DestCidrIp", AddressFamily.InterNetwork, "InvalidDestCidrIp.Malformed"),
            SourceCidr6 = Range(asked, "Ipv6SourceCidrIp", AddressFamily.InterNetworkV6, "ILLEGAL_IPV6_CIDR"),
            DestCidr6 = Range(asked, "Ipv6DestCidrIp", AddressFamily.InterNetworkV6, "ILLEGAL_IPV6_CIDR"),
            Description = asked.Text("Description") is { Length: > 512 } ? throw Error.Of("InvalidSecurityGroupDiscription.Malformed", asked.NameOf("Description")) : asked.Text("Description") ?? "",
        };
        var isIn = direction == SecurityRuleRow.Ingress;
        rule = rule with { Peer = Peer(call, store, group, asked, isIn) };
        if (rule.Peer.Length == 0 && (isIn ? rule.SourceCidr + rule.SourceCidr6 : rule.DestCidr + rule.DestCidr6).Length == 0)
            throw Error.Of(isIn ? "MissingParameter.Source" : "MissingParameter.Dest");
        // Both blocks of one rule are of one family.
        if ((rule.SourceCidr + rule.DestCidr).Length > 0 && (rule.SourceCidr6 + rule.DestCidr6).Length > 0)
            throw Error.Of("InvalidParam.Ipv4ProtocolConflictWithIpv6Address");
        return rule;
    }

    // Clients say internet of groups in a VPC too, where there is but one kind.
    private static string NicType(NamedSecurityGroup group, Parameters asked) => asked.Text("NicType") switch
    {
        null or "internet" => group.IsClassic ? "internet" : "intranet",
        "intranet" => "intranet",
        var other => throw Error.Of("InvalidNicType.ValueNotSupported", other),
    };

    private static int Priority(Parameters asked)
    {
        if (asked.Text("Priority") is not { } text) return 1;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var priority)) throw Error.Of("InvalidPriority.Malformed", text);
        return priority is >= 1 and <= 100 ? priority : throw Error.Of("InvalidPriority.ValueNotSupported", text);
    }

    private static string Ports(string protocol, string text, string code)
    {
        if (protocol is not ("TCP" or "UDP")) return text == "-1/-1" ? text : throw Error.Of(code, text, $"{protocol} has -1/-1");
        if (text.Split('/') is [var first, var last] && Port(first) is { } from && Port(last) is { } to && from <= to) return text;
        throw Error.Of(code, text, "first/last, each from 1 to 65535");
    }

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;

    private static string Range(Parameters asked, string name, AddressFamily family, string code) =>
        asked.Text(name) is not { } text ? "" : Cidr.IsRange(text, family) ? text : throw Error.Of(code, text);

    private static string Peer(Call call, Session store, NamedSecurityGroup group, Parameters asked, bool isIn)
    {
        var side = isIn ? "Source" : "Dest";
        if (asked.Text(side + "GroupId") is not { } id) return "";
        if (group.Type == "enterprise") throw Error.Of("InvalidGroupAuthParameter.OperationDenied", group.Id);
        if (asked.Text("NicType") == "internet" && group.IsClassic) throw Error.Of("InvalidNicType.Mismatch");
        // Groups of other accounts are not the caller's to see here.
        var peer = NamedSecurityGroup.Find(call, store, id) ?? throw Error.Of($"Invalid{side}GroupId.NotFound", id);
        return peer.VpcId == group.VpcId ? id : throw Error.Of($"Invalid{side}GroupId.Mismatch", id, group.Id);
    }
}
