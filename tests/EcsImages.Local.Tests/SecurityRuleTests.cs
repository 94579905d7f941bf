using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class SecurityRuleTests
{
    [Fact]
    public async Task Rules_are_kept_as_the_service_spells_them_and_one_that_is_there_is_not_added_again()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (_, _, group) = await NetworkTests.MakeAsync(endpoint, client);
        (string, string)[] all = [("SecurityGroupId", group), ("IpProtocol", "all"), ("PortRange", "-1/-1"), ("NicType", "internet")];
        for (var i = 0; i < 2; i++) await client.OkAsync("AuthorizeSecurityGroup", [.. all, ("SourceCidrIp", "0.0.0.0/0")]);
        await client.OkAsync("AuthorizeSecurityGroupEgress", [.. all, ("DestCidrIp", "0.0.0.0/0")]);
        var rule = Assert.Single(await RulesAsync(client, group, ("Direction", "ingress")));
        Assert.Equal(("ALL", "-1/-1", "intranet", "Accept", "1", "0.0.0.0/0"), (rule.GetProperty("IpProtocol").GetString(), rule.GetProperty("PortRange").GetString(),
            rule.GetProperty("NicType").GetString(), rule.GetProperty("Policy").GetString(), rule.GetProperty("Priority").GetString(), rule.GetProperty("SourceCidrIp").GetString()));
        Assert.Equal(2, (await RulesAsync(client, group)).Count);
        var row = Assert.Single((await client.OkAsync("DescribeSecurityGroups", ("SecurityGroupId", group))).List("SecurityGroups"));
        Assert.Equal((2, 0), (row.GetProperty("RuleCount").GetInt32(), row.GetProperty("GroupToGroupRuleCount").GetInt32()));
    }

    [Fact]
    public async Task Many_rules_come_in_one_call_and_are_listed_page_by_page()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (_, _, group) = await NetworkTests.MakeAsync(endpoint, client);
        await client.OkAsync("AuthorizeSecurityGroup", [("SecurityGroupId", group), .. Enumerable.Range(1, 25).SelectMany(static i => ((string, string)[])
            [($"Permissions.{i}.IpProtocol", "TCP"), ($"Permissions.{i}.PortRange", $"{i}/{i}"), ($"Permissions.{i}.SourceCidrIp", "10.0.0.0/8"), ($"Permissions.{i}.Policy", "drop")])]);
        var ports = new List<string?>();
        string token = "";
        do
        {
            var page = await client.OkAsync("DescribeSecurityGroupAttribute", [("SecurityGroupId", group), ("MaxResults", "10"), .. token.Length > 0 ? [("NextToken", token)] : Array.Empty<(string, string)>()]);
            ports.AddRange(page.List("Permissions").Select(static r => r.GetProperty("PortRange").GetString()));
            token = page.Text("NextToken");
        }
        while (token.Length > 0);
        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(static i => $"{i}/{i}"), ports);
    }

    [Fact]
    public async Task A_group_that_a_rule_of_another_names_stays()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (vpc, _, group) = await NetworkTests.MakeAsync(endpoint, client);
        var other = (await client.OkAsync("CreateSecurityGroup", ("VpcId", vpc), ("SecurityGroupName", "front"))).Text("SecurityGroupId");
        await client.OkAsync("AuthorizeSecurityGroup", ("SecurityGroupId", group), ("IpProtocol", "tcp"), ("PortRange", "22/22"), ("SourceGroupId", other));
        var rule = Assert.Single(await RulesAsync(client, group));
        Assert.Equal((other, "front"), (rule.GetProperty("SourceGroupId").GetString(), rule.GetProperty("SourceGroupName").GetString()));
        await client.RefusedAsync(403, "DependencyViolation", "DeleteSecurityGroup", ("SecurityGroupId", other));
        await client.OkAsync("DeleteSecurityGroup", ("SecurityGroupId", group));
        await client.OkAsync("DeleteSecurityGroup", ("SecurityGroupId", other));
    }

    [Theory]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidIpProtocol.ValueNotSupported", "IpProtocol=IPX")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidPortRange.Malformed", "PortRange=0/80")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidPortRange.Malformed", "IpProtocol=ICMP", "PortRange=1/2")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidSourceCidrIp.Malformed", "SourceCidrIp=10.0.0.0/33")]
    [InlineData("AuthorizeSecurityGroup", 400, "ILLEGAL_IPV6_CIDR", "Ipv6SourceCidrIp=10.0.0.0/8")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidPolicy.Malformed", "Policy=maybe")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidPriority.Malformed", "Priority=first")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidPriority.ValueNotSupported", "Priority=101")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidNicType.ValueNotSupported", "NicType=extranet")]
    [InlineData("AuthorizeSecurityGroup", 400, "MissingParameter.Source", "SourceCidrIp=")]
    [InlineData("AuthorizeSecurityGroup", 404, "InvalidSourceGroupId.NotFound", "SourceGroupId=sg-none")]
    [InlineData("AuthorizeSecurityGroup", 404, "InvalidPrefixListId.NotFound", "SourcePrefixListId=pl-none")]
    [InlineData("AuthorizeSecurityGroup", 404, "InvalidSecurityGroupId.NotFound", "SecurityGroupId=sg-none")]
    [InlineData("AuthorizeSecurityGroup", 400, "InvalidParameter.Conflict", "Permissions.1.IpProtocol=TCP")]
    [InlineData("AuthorizeSecurityGroupEgress", 400, "MissingParameter.Dest", "SourceCidrIp=10.0.0.0/8")]
    [InlineData("AuthorizeSecurityGroupEgress", 400, "InvalidParameter", "SourceGroupId=sg-none")]
    public async Task A_rule_that_makes_no_sense_is_refused_by_its_code(string operation, int status, string code, params string[] changes)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (_, _, group) = await NetworkTests.MakeAsync(endpoint, client);
        var parameters = new Dictionary<string, string> { ["SecurityGroupId"] = group, ["IpProtocol"] = "TCP", ["PortRange"] = "80/80", ["SourceCidrIp"] = "10.0.0.0/8" };
        foreach (var change in changes) parameters[change.Split('=', 2)[0]] = change.Split('=', 2)[1];
        await client.RefusedAsync(status, code, operation, [.. parameters.Select(static p => (p.Key, p.Value))]);
    }

    [Fact]
    public async Task An_enterprise_group_takes_no_rules_about_groups()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (vpc, _, group) = await NetworkTests.MakeAsync(endpoint, client);
        var enterprise = (await client.OkAsync("CreateSecurityGroup", ("VpcId", vpc), ("SecurityGroupType", "enterprise"))).Text("SecurityGroupId");
        await client.RefusedAsync(400, "InvalidGroupAuthParameter.OperationDenied", "AuthorizeSecurityGroup",
            ("SecurityGroupId", enterprise), ("IpProtocol", "tcp"), ("PortRange", "22/22"), ("SourceGroupId", group));
        Assert.Equal("Drop", (await client.OkAsync("DescribeSecurityGroupAttribute", ("SecurityGroupId", enterprise))).Text("InnerAccessPolicy"));
        Assert.Equal("Accept", (await client.OkAsync("DescribeSecurityGroupAttribute", ("SecurityGroupId", group))).Text("InnerAccessPolicy"));
    }

    private static async Task<IReadOnlyList<JsonElement>> RulesAsync(TestClient client, string group, params (string, string)[] more) =>
        (await client.OkAsync("DescribeSecurityGroupAttribute", [("SecurityGroupId", group), .. more])).List("Permissions");
}
