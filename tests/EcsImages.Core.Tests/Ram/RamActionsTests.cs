using EcsImages.Core.Contract;
using EcsImages.Core.Ram;

namespace EcsImages.Core.Tests.Ram;

public sealed class RamActionsTests
{
    private const string Account = "1234567890123456";

    /// <summary>Source: ECS, "RAM authorization"; for CopyImage the older authentication rules, which name both images.</summary>
    [Theory]
    [InlineData("ecs:DeleteImage", "ImageId=m-1", "cn-hangzhou:1234567890123456:image/m-1")]
    [InlineData("ecs:CopyImage", "ImageId=m-1&DestinationRegionId=cn-beijing", "cn-hangzhou:1234567890123456:image/m-1 cn-beijing:1234567890123456:image/*")]
    [InlineData("ecs:CopyImage", "ImageId=m-1", "cn-hangzhou:1234567890123456:image/m-1 cn-hangzhou:1234567890123456:image/*")]
    [InlineData("ecs:CreateImage", "InstanceId=i-1&ImageName=x", "cn-hangzhou:1234567890123456:image/* cn-hangzhou:1234567890123456:instance/i-1")]
    [InlineData("ecs:CreateImage", "SnapshotId=s-1", "cn-hangzhou:1234567890123456:image/* cn-hangzhou:1234567890123456:snapshot/s-1")]
    [InlineData("ecs:DescribeImages", "", "cn-hangzhou:1234567890123456:image/*")]
    [InlineData("ecs:DescribeImages", "ImageId=m-1, m-2", "cn-hangzhou:1234567890123456:image/m-1 cn-hangzhou:1234567890123456:image/m-2")]
    [InlineData("ecs:DescribeInstances", "InstanceIds=[\"i-1\",\"i-2\"]", "cn-hangzhou:1234567890123456:instance/i-1 cn-hangzhou:1234567890123456:instance/i-2")]
    [InlineData("ecs:DescribeInstances", "InstanceIds=[\"i-1", "cn-hangzhou:1234567890123456:instance/*")]
    [InlineData("ecs:TagResources", "ResourceType=image&ResourceId.1=m-1&ResourceId.2=m-2&ResourceIdentity=x", "cn-hangzhou:1234567890123456:image/m-1 cn-hangzhou:1234567890123456:image/m-2")]
    [InlineData("ecs:RunInstances", "ImageId=m-1", "*:1234567890123456:*")]
    [InlineData("ecs:DescribeRegions", "", "*:1234567890123456:*")]
    public void A_call_is_checked_on_the_resources_that_it_names(string action, string query, string resources) => Assert.Equal(
        resources.Split(' ').Select(static r => "acs:ecs:" + r), RamActions.ResourcesOf(action, Parameters(query), "cn-hangzhou", Account));

    [Fact]
    public void A_role_is_a_resource_of_its_own_account() => Assert.Equal(
        ["acs:ram:*:9876543210987654:role/baker"],
        RamActions.ResourcesOf("sts:AssumeRole", Parameters("RoleArn=acs:ram::9876543210987654:role/baker"), "cn-hangzhou", Account));

    [Theory]
    [InlineData("sts:GetCallerIdentity", "", true)]
    [InlineData("ecs:DescribeImages", "ImageOwnerAlias=system", true)]
    [InlineData("ecs:DescribeImages", "ImageOwnerAlias=others", true)]
    [InlineData("ecs:DescribeImages", "ImageOwnerAlias=self", false)]
    [InlineData("ecs:DescribeImages", "", false)]
    [InlineData("ecs:DeleteImage", "ImageOwnerAlias=system", false)]
    public void Some_calls_need_no_permission(string action, string query, bool free) => Assert.Equal(free, RamActions.IsFree(action, Parameters(query)));

    [Fact]
    public void Every_row_is_an_operation_of_the_contract_and_names_its_parameters()
    {
        using var reader = new StreamReader(typeof(RamActions).Assembly.GetManifestResourceStream("ram-actions.tsv")!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static l => !l.StartsWith('#')).Select(static l => l.Split('\t')).ToArray();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            Assert.Equal(3, row.Length);
            var operation = ApiProduct.Find(row[0].Split(':')[0])?.Operation(row[0].Split(':')[1]);
            Assert.True(operation is not null, row[0]);
            Assert.Equal(row[0].Split(':')[1], operation.Name);
            var named = System.Text.RegularExpressions.Regex.Matches(row[1], @"\{(\w+)\}").Select(static m => m.Groups[1].Value);
            Assert.Empty(named.Except(operation.Request.Select(static f => f.Name)));
        }
    }

    [Fact]
    public void The_narrow_patterns_of_an_action_cover_each_of_its_calls()
    {
        foreach (var operation in ApiContract.Ecs.Operations.Values)
        {
            var action = $"ecs:{operation.Name}";
            var everything = operation.Request.Select(static f => new KeyValuePair<string, string>(f.Name, f.Name == "DestinationRegionId" ? "cn-beijing" : "x1")).ToArray();
            var policy = LeastPolicy.Of([action], ["cn-hangzhou", "cn-beijing"], Account)!;
            foreach (var parameters in new[] { everything, [] })
                foreach (var resource in RamActions.ResourcesOf(action, parameters, "cn-hangzhou", Account))
                    Assert.True(policy.Decide(new RamRequest(action, resource, new Dictionary<string, string>())) is RamDecision.Allow, $"{action} on {resource}");
        }
    }

    [Fact]
    public void The_least_policy_has_each_action_once_in_a_stable_order_and_nothing_that_needs_no_permission()
    {
        var one = LeastPolicy.Of(["ecs:CopyImage", "sts:GetCallerIdentity", "ecs:DescribeImages", "ecs:CopyImage"], [], null)!;
        Assert.Equal(["ecs:CopyImage", "ecs:DescribeImages"], Assert.Single(one.Statements).Actions.Values);
        Assert.Equal(RamPolicyWriter.Write(one), RamPolicyWriter.Write(LeastPolicy.Of(["ecs:DescribeImages", "ecs:CopyImage"], [], null)!));
        Assert.Null(LeastPolicy.Of(["sts:GetCallerIdentity"], [], null));
        var narrow = LeastPolicy.Of(["ecs:CopyImage", "ecs:RunInstances"], ["cn-hangzhou"], Account)!;
        Assert.Equal(["ecs:RunInstances on *", $"ecs:CopyImage on acs:ecs:cn-hangzhou:{Account}:image/*"],
            narrow.Statements.Select(static s => $"{Assert.Single(s.Actions.Values)} on {Assert.Single(s.Resources.Values)}"));
    }

    private static KeyValuePair<string, string>[] Parameters(string query) =>
        [.. query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=', 2)).Select(static p => new KeyValuePair<string, string>(p[0], p[1]))];
}
