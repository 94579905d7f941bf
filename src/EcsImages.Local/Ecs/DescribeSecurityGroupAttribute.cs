using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A group and its rules, newest first; what holds without a rule is not listed.</summary>
internal sealed class DescribeSecurityGroupAttribute : IOperation
{
    public string Name => "DescribeSecurityGroupAttribute";

    public Reply Run(Call call, Session store)
    {
        var group = NamedSecurityGroup.Need(call, store, call.Needed("SecurityGroupId"));
        var direction = call.Text("Direction") switch
        {
            null or "all" => null,
            "ingress" or "egress" => call.Text("Direction"),
            var other => throw Error.Of("InvalidParamter", "Direction", $"{other} is not one of egress, ingress, all."),
        };
        var nic = Choice.Of(call, "NicType", "InvalidNicType.ValueNotSupported", "internet", "intranet") ?? "internet";
        var size = call.Int("MaxResults") ?? 500;
        var before = call.Text("NextToken") is { } token ? PageToken.Parse(call, token).CreatedAt : long.MaxValue;
        // One more than asked for tells whether there is another page.
        var rows = store.List(
            """
            SELECT * FROM security_rule WHERE security_group = $id AND key < $before AND ($direction IS NULL OR direction = $direction) AND nic_type = $nic
            ORDER BY key DESC LIMIT $take
            """,
            static r => (Key: r.Long("key"), Rule: SecurityRuleRow.Read(r)), ("id", group.Id), ("before", before), ("direction", direction),
            ("nic", group.IsClassic ? nic : "intranet"), ("take", size + 1));
        return new(new JsonObject
        {
            ["RegionId"] = call.RegionId,
            ["SecurityGroupId"] = group.Id,
            ["SecurityGroupName"] = group.Name,
            ["Description"] = group.Description,
            ["VpcId"] = group.VpcId,
            ["InnerAccessPolicy"] = group.Type == "enterprise" ? "Drop" : "Accept",
            ["Permissions"] = Reply.Wrap("Permission", rows.Take(size).Select(r => Json(store, r.Rule))),
            ["SnapshotPolicyIds"] = Reply.Wrap("SnapshotPolicyId", []),
            ["NextToken"] = rows.Count > size ? new PageToken(rows[size - 1].Key, group.Id).ToString() : "",
        });
    }

    private static JsonObject Json(Session store, SecurityRuleRow rule)
    {
        var (source, dest) = rule.Direction == SecurityRuleRow.Ingress ? (rule.Peer, "") : ("", rule.Peer);
        var peerName = rule.Peer.Length == 0 ? "" : store.Scalar<string>("SELECT name FROM security_group WHERE id = $id", ("id", rule.Peer)) ?? "";
        return new()
        {
            ["SecurityGroupRuleId"] = rule.Id,
            ["Direction"] = rule.Direction,
            ["IpProtocol"] = rule.Protocol,
            ["PortRange"] = rule.Ports,
            ["SourcePortRange"] = rule.SourcePorts,
            ["NicType"] = rule.NicType,
            ["Policy"] = rule.Policy,
            ["Priority"] = rule.Priority.ToString(CultureInfo.InvariantCulture),
            ["SourceCidrIp"] = rule.SourceCidr,
            ["DestCidrIp"] = rule.DestCidr,
            ["Ipv6SourceCidrIp"] = rule.SourceCidr6,
            ["Ipv6DestCidrIp"] = rule.DestCidr6,
            ["SourceGroupId"] = source,
            ["SourceGroupName"] = source.Length > 0 ? peerName : "",
            ["SourceGroupOwnerAccount"] = "",
            ["SourcePrefixListId"] = "",
            ["SourcePrefixListName"] = "",
            ["DestGroupId"] = dest,
            ["DestGroupName"] = dest.Length > 0 ? peerName : "",
            ["DestGroupOwnerAccount"] = "",
            ["DestPrefixListId"] = "",
            ["DestPrefixListName"] = "",
            ["Description"] = rule.Description,
            ["CreateTime"] = Times.Second(rule.CreatedAt),
        };
    }
}
