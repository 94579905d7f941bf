using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A group without rules, in a VPC or, where none is named, in the classic network.</summary>
internal sealed class CreateSecurityGroup : IOperation
{
    /// <summary>Of one account in one region, as DescribeAccountAttributes says.</summary>
    public const int MostGroups = 100;

    public string Name => "CreateSecurityGroup";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["SecurityGroupName", "Description", .. TagWords.Judged];

    public Reply Run(Call call, Session store)
    {
        var name = NameRule.Name(call, "SecurityGroupName", "InvalidSecurityGroupName.Malformed") ?? "";
        var description = NameRule.Description(call, "Description", "InvalidSecurityGroupDiscription.Malformed");
        var type = Choice.Of(call, "SecurityGroupType", "InvalidParams.GroupType", "normal", "enterprise") ?? "normal";
        if (call.Bool("ServiceManaged") is true) throw Error.Of("InvalidOperation.ResourceManagedByCloudProduct");
        if (call.Text("ResourceGroupId") is { } group && !group.StartsWith("rg-", StringComparison.Ordinal)) throw Error.Of("InvalidResourceGroup.NotFound", group);
        var tags = TagWords.Read(call);
        if (call.Text("VpcId") is null && type == "enterprise") throw Error.Of("InvalidParams.VpcIdGroupType");
        var vpc = call.Text("VpcId") is { } named ? NamedVpc.NeedReady(call, store, named).Id
            : Networks.ClassicVpc(store, call.Account, call.RegionId, Regions.Get(call.RegionId).Zones);
        if (store.Scalar<long>("SELECT count(*) FROM security_group WHERE account = $account AND region = $region",
            ("account", call.Account), ("region", call.RegionId)) >= MostGroups) throw Error.Of("QuotaExceed.SecurityGroup", MostGroups);
        var id = Ids.SecurityGroup(call.RegionId);
        store.Execute(
            """
            INSERT INTO security_group (id, account, region, vpc, name, description, type, resource_group, created_at)
            VALUES ($id, $account, $region, $vpc, $name, $description, $type, $group, $now)
            """,
            ("id", id), ("account", call.Account), ("region", call.RegionId), ("vpc", vpc), ("name", name), ("description", description),
            ("type", type), ("group", call.Text("ResourceGroupId") ?? ""), ("now", call.Now.Milliseconds()));
        TagRows.Put(store, call.Account, call.RegionId, "securitygroup", id, tags);
        return new(new JsonObject { ["SecurityGroupId"] = id });
    }
}
