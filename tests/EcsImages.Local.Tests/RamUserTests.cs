using System.Text.Json;
using EcsImages.Core.Ram;

namespace EcsImages.Local.Tests;

public sealed class RamUserTests
{
    [Fact]
    public async Task A_new_user_may_ask_who_it_is_and_nothing_else()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var owner = await endpoint.ClientAsync();
        var user = await endpoint.UserAsync();
        user.Host = "sts.cn-hangzhou.aliyuncs.com";
        user.Version = "2015-04-01";
        var identity = await user.CallAsync("GetCallerIdentity");
        Assert.Equal(("RAMUser", owner.Account.AccountId, $"acs:ram::{owner.Account.AccountId}:user/builder"), (identity.Text("IdentityType"), identity.Text("AccountId"), identity.Text("Arn")));
        Assert.Matches("^2[0-9]{17}$", identity.Text("UserId"));
        Assert.Equal(identity.Text("UserId"), identity.Text("PrincipalId"));
        user.Host = "ecs.cn-hangzhou.aliyuncs.com";
        user.Version = "2014-05-26";
        foreach (var action in new[] { "DescribeImages", "DescribeRegions", "DescribeInstances" })
            Assert.Equal((403, "Forbidden.RAM"), Outcome(await user.EcsAsync(action)));
    }

    [Fact]
    public async Task A_refusal_says_who_may_not_do_what_on_which_resource()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var owner = await endpoint.ClientAsync();
        var user = await endpoint.UserAsync(policy: Policy("Allow", "ecs:Describe*"));
        var refused = await user.EcsAsync("DeleteImage", ("ImageId", "m-1"));
        Assert.Equal((403, "Forbidden.RAM"), Outcome(refused));
        Assert.Equal("User not authorized to operate on the specified resource, or this API doesn't support RAM.", refused.Message);
        var detail = refused.Body.GetProperty("AccessDeniedDetail");
        Assert.Equal(
            ("ecs:DeleteImage", $"acs:ecs:cn-hangzhou:{owner.Account.AccountId}:image/m-1", "SubUser", owner.Account.AccountId, "ImplicitDeny", "AccountLevelIdentityBasedPolicy"),
            (Text(detail, "AuthAction"), Text(detail, "AuthResource"), Text(detail, "AuthPrincipalType"), Text(detail, "AuthPrincipalOwnerId"), Text(detail, "NoPermissionType"), Text(detail, "PolicyType")));
        Assert.Matches("^2[0-9]{17}$", Text(detail, "AuthPrincipalDisplayName"));
    }

    [Fact]
    public async Task A_Deny_is_told_as_one()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var user = await endpoint.UserAsync(policy: """{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"ecs:DeleteImage","Resource":"*"}]}""");
        var refused = await user.EcsAsync("DeleteImage", ("ImageId", "m-1"));
        Assert.Equal("ExplicitDeny", Text(refused.Body.GetProperty("AccessDeniedDetail"), "NoPermissionType"));
        Assert.Equal(200, (await user.EcsAsync("DescribeImages")).Status);
    }

    [Fact]
    public async Task A_user_shares_the_resources_of_its_account_as_far_as_the_policy_goes()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var owner = await endpoint.ClientAsync();
        var ours = endpoint.AddImage(owner, "ours");
        var other = endpoint.AddImage(owner, "other");
        var user = await endpoint.UserAsync(policy: Policy("Allow", "ecs:*", $"acs:ecs:*:*:image/{ours.Id}"));
        Assert.Equal("ours", (await user.EcsAsync("DescribeImages", ("ImageId", ours.Id))).Images.Single().GetProperty("ImageName").GetString());
        Assert.Equal("Forbidden.RAM", (await user.EcsAsync("DescribeImages", ("ImageId", $"{ours.Id},{other.Id}"))).Code);
        Assert.Equal("Forbidden.RAM", (await user.EcsAsync("DescribeImages")).Code);
        Assert.Equal(200, (await user.EcsAsync("ModifyImageAttribute", ("ImageId", ours.Id), ("Description", "described"))).Status);
        Assert.Equal("Forbidden.RAM", (await user.EcsAsync("DeleteImage", ("ImageId", other.Id))).Code);
        Assert.Equal(200, (await owner.EcsAsync("DeleteImage", ("ImageId", other.Id))).Status);
    }

    [Fact]
    public async Task A_copy_needs_its_source_and_its_destination()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var image = endpoint.AddImage(await endpoint.ClientAsync(), "ours");
        (string, string)[] copy = [("ImageId", image.Id), ("DestinationRegionId", "cn-beijing")];
        var user = await endpoint.UserAsync(policy: Policy("Allow", "ecs:CopyImage", "acs:ecs:cn-hangzhou:*:image/*"));
        var refused = await user.EcsAsync("CopyImage", copy);
        Assert.EndsWith(":image/*", Text(refused.Body.GetProperty("AccessDeniedDetail"), "AuthResource"), StringComparison.Ordinal);
        Assert.Contains(":cn-beijing:", Text(refused.Body.GetProperty("AccessDeniedDetail"), "AuthResource"), StringComparison.Ordinal);
        user = await endpoint.UserAsync(policy: Policy("Allow", "ecs:CopyImage", "acs:ecs:*:*:image/*"));
        Assert.Equal(200, (await user.EcsAsync("CopyImage", copy)).Status);
    }

    [Theory]
    [InlineData("system", 200)]
    [InlineData("others", 200)]
    [InlineData("self", 403)]
    public async Task Images_of_others_are_everybodys_to_list(string alias, int status)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var user = await endpoint.UserAsync();
        Assert.Equal(status, (await user.EcsAsync("DescribeImages", ("ImageOwnerAlias", alias))).Status);
    }

    [Fact]
    public async Task What_is_malformed_is_told_before_what_is_forbidden()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var user = await endpoint.UserAsync();
        Assert.Equal("InvalidParameter", (await user.EcsAsync("DescribeImages", ("Nonsense", "1"))).Code);
        Assert.Equal("MissingParameter", (await user.EcsAsync("DeleteImage")).Code);
    }

    [Fact]
    public async Task A_policy_is_kept_until_another_replaces_it_also_from_another_process()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var user = await endpoint.UserAsync(policy: Policy("Allow", "ecs:DescribeImages"));
        Assert.Equal(200, (await user.EcsAsync("DescribeImages")).Status);
        var elsewhere = await endpoint.OpenAsync();
        var again = await endpoint.UserAsync(endpoint: elsewhere);
        Assert.Equal(user.Account.Credential.AccessKeyId, again.Account.Credential.AccessKeyId);
        Assert.Equal(200, (await again.EcsAsync("DescribeImages")).Status);
        await endpoint.UserAsync(policy: Policy("Allow", "ecs:DescribeRegions"), endpoint: elsewhere);
        Assert.Equal("Forbidden.RAM", (await user.EcsAsync("DescribeImages")).Code);
        Assert.Equal(200, (await user.EcsAsync("DescribeRegions")).Status);
    }

    [Fact]
    public async Task Users_of_one_name_in_two_accounts_are_two()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var ours = await endpoint.UserAsync(policy: Policy("Allow", "ecs:*"));
        var theirs = await endpoint.UserAsync(account: "theirs");
        Assert.NotEqual(ours.Account.Credential.AccessKeyId, theirs.Account.Credential.AccessKeyId);
        Assert.Equal((200, 403), ((await ours.EcsAsync("DescribeImages")).Status, (await theirs.EcsAsync("DescribeImages")).Status));
    }

    /// <summary>From this machine, before noon, encrypted, without a second factor.</summary>
    [Theory]
    [InlineData("""{"IpAddress":{"acs:SourceIp":"127.0.0.0/8"}}""", 200)]
    [InlineData("""{"NotIpAddress":{"acs:SourceIp":"127.0.0.0/8"}}""", 403)]
    [InlineData("""{"DateGreaterThan":{"acs:CurrentTime":"2020-01-01T00:00:00Z"}}""", 200)]
    [InlineData("""{"DateLessThan":{"acs:CurrentTime":"2020-01-01T00:00:00Z"}}""", 403)]
    [InlineData("""{"Bool":{"acs:SecureTransport":"true"}}""", 200)]
    [InlineData("""{"Bool":{"acs:MFAPresent":"true"}}""", 403)]
    public async Task Conditions_are_judged_by_what_the_endpoint_knows_of_a_request(string condition, int status)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var user = await endpoint.UserAsync(policy: $$"""{"Version":"1","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}} } }""");
        Assert.Equal(status, (await user.EcsAsync("DescribeImages")).Status);
    }

    [Theory]
    [InlineData("""{"Version":"1","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"ecs:tag/team":"web"}}}}""", "ecs:tag/team")]
    [InlineData("""{"Version":"2"}""", "Version")]
    [InlineData("", "JSON")]
    public async Task A_policy_that_cannot_be_judged_by_is_refused_and_changes_nothing(string policy, string part)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var user = await endpoint.UserAsync(policy: Policy("Allow", "ecs:*"));
        var error = await Assert.ThrowsAsync<RamPolicyException>(() => endpoint.UserAsync(policy: policy));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await user.EcsAsync("DescribeImages")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public async Task A_user_name_that_is_none_is_refused(string name)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => endpoint.UserAsync(name));
    }

    [Fact]
    public async Task A_refused_call_neither_happens_nor_uses_its_ClientToken()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var image = endpoint.AddImage(await endpoint.ClientAsync(), "ours");
        (string, string)[] copy = [("ImageId", image.Id), ("DestinationRegionId", "cn-beijing"), ("ClientToken", "t")];
        var user = await endpoint.UserAsync();
        Assert.Equal("Forbidden.RAM", (await user.EcsAsync("CopyImage", copy)).Code);
        await endpoint.UserAsync(policy: Policy("Allow", "ecs:*"));
        Assert.Empty((await user.EcsAsync("DescribeImages", ("RegionId", "cn-beijing"), ("ImageOwnerAlias", "self"), ("Status", "Creating,Available"))).Images);
        Assert.Equal(200, (await user.EcsAsync("CopyImage", copy)).Status);
    }

    private static string Policy(string effect, string action, string resource = "*") =>
        $$"""{"Version":"1","Statement":[{"Effect":"{{effect}}","Action":"{{action}}","Resource":"{{resource}}"}]}""";

    private static (int, string?) Outcome(Answer answer) => (answer.Status, answer.Code);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
