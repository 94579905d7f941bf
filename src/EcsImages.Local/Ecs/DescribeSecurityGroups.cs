using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Makes the default network if need be, so that it shows before the first launch.</summary>
internal sealed class DescribeSecurityGroups : IOperation
{
    // A group of the classic network shows no VPC.
    private const string From =
        """
        (SELECT g.id, g.account, g.region, g.name, g.description, g.type, g.resource_group, g.created_at, CASE WHEN v.is_classic THEN '' ELSE g.vpc END AS vpc,
            (SELECT count(*) FROM security_rule r WHERE r.security_group = g.id) AS rules,
            (SELECT count(*) FROM security_rule r WHERE r.security_group = g.id AND r.peer <> '') AS group_rules
        FROM security_group g JOIN vpc v ON v.id = g.vpc)
        """;

    public string Name => "DescribeSecurityGroups";

    public bool Writes => true;

    public Reply Run(Call call, Session store)
    {
        if ((call.Text("MaxResults") ?? call.Text("NextToken")) is not null && (call.Text("PageNumber") ?? call.Text("PageSize")) is not null)
            throw Error.Of("NotSupported.PageNumberAndPageSize");
        var type = Choice.Of(call, "SecurityGroupType", "InvalidParameter.SecurityGroupType", "normal", "enterprise");
        var name = call.Text("SecurityGroupName");
        Networks.Ensure(store, call.Account, call.RegionId, Regions.Get(call.RegionId).Zones);
        var reply = new RowList(call, store, From)
            .In("id", IdList.Of(call, "SecurityGroupIds", "InvalidParameter"))
            .Where("id = $sg", "sg", call.Text("SecurityGroupId"))
            .Where("vpc = $vpc", "vpc", call.Text("VpcId"))
            .Where("name GLOB $name", "name", Pattern.Of(call.Bool("FuzzyQuery") is true && name is not null ? $"*{name}*" : name))
            .Where("type = $type", "type", type)
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            .Where("(vpc = '') = $classic", "classic", call.Text("NetworkType") switch { "classic" => true, "vpc" => false, _ => (bool?)null })
            .NoneIf(call.Bool("ServiceManaged") is true)
            .Tagged()
            .Page("SecurityGroups", "SecurityGroup", r => Json(call, store, r.Text("id"), new JsonObject
            {
                ["SecurityGroupId"] = r.Text("id"),
                ["SecurityGroupName"] = r.Text("name"),
                ["Description"] = r.Text("description"),
                ["VpcId"] = r.Text("vpc"),
                ["SecurityGroupType"] = r.Text("type"),
                ["RuleCount"] = r.Int("rules"),
                ["GroupToGroupRuleCount"] = r.Int("group_rules"),
                ["ServiceManaged"] = false,
                ["ResourceGroupId"] = r.Text("resource_group"),
                ["CreationTime"] = Times.Second(r.Time("created_at")),
            }));
        reply.Body["RegionId"] = call.RegionId;
        return reply;
    }

    private static JsonObject Json(Call call, Session store, string id, JsonObject json)
    {
        json["Tags"] = TagRows.Json(store, id);
        if (call.Bool("IsQueryEcsCount") is true)
            json["EcsCount"] = (int)store.Scalar<long>(
                "SELECT count(*) FROM instance WHERE account = $account AND region = $region AND instr(',' || security_groups || ',', ',' || $id || ',') > 0",
                ("account", call.Account), ("region", call.RegionId), ("id", id));
        return json;
    }
}
