using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeAccountAttributes : IOperation
{
    // The limits that the endpoint itself would name; what it does not limit it does not list.
    private static readonly (string Name, string Value)[] Attributes =
    [
        ("instance-network-type", "vpc,classic"),
        ("max-security-groups", CreateSecurityGroup.MostGroups.ToString(CultureInfo.InvariantCulture)),
        ("real-name-authentication", "yes"),
    ];

    public string Name => "DescribeAccountAttributes";

    public Reply Run(Call call, Session store)
    {
        var known = call.Operation.Request.First(static f => f.Name == "AttributeName").KnownValues;
        var asked = call.List("AttributeName");
        if (asked.FirstOrDefault(a => !known.Contains(a)) is { } strange) throw Error.Of("Invalid.Parameter", strange);
        var used = store.Scalar<long>(
            "SELECT count(*) FROM security_group WHERE account = $account AND region = $region", ("account", call.Account), ("region", call.RegionId));
        return new(new()
        {
            ["AccountAttributeItems"] = Reply.Wrap("AccountAttributeItem", Attributes
                .Append(("used-security-groups", used.ToString(CultureInfo.InvariantCulture)))
                .Where(a => known.Contains(a.Item1) && (asked.Count == 0 || asked.Contains(a.Item1)))
                .Select(static a => new JsonObject
                {
                    ["AttributeName"] = a.Item1,
                    ["AttributeValues"] = Reply.Wrap("ValueItem", a.Item2.Split(',').Select(static v => new JsonObject { ["Value"] = v })),
                })),
        });
    }
}
