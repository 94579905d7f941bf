using System.Text;
using System.Text.Json;

namespace EcsImages.Local.Tests.Ram;

public sealed class SessionTests : IAsyncLifetime
{
    private const string Images = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:DescribeImages","ecs:DescribeRegions"],"Resource":"*"}]}""";
    private TestEndpoint _endpoint = null!;
    private TestClient _owner = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        _owner = await _endpoint.ClientAsync();
        await _owner.RamAsync("CreatePolicy", ("PolicyName", "images"), ("PolicyDocument", Images));
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_session_may_do_what_its_role_may_until_it_expires()
    {
        await RoleAsync("reader", Trust("RAM", $"acs:ram::{_owner.Account.AccountId}:root"));
        var session = _endpoint.Session(_owner, await AssumeAsync(_owner, "reader", ("DurationSeconds", "900")));
        Assert.StartsWith("STS.", session.Account.Credential.AccessKeyId, StringComparison.Ordinal);
        Assert.Equal(200, (await session.EcsAsync("DescribeImages")).Status);
        var refused = await session.EcsAsync("DeleteImage", ("ImageId", "m-1"));
        Assert.Equal((403, "Forbidden.RAM"), Outcome(refused));
        Assert.Equal("AssumedRoleUser", refused.Body.GetProperty("AccessDeniedDetail").GetProperty("AuthPrincipalType").GetString());
        _endpoint.Clock.Now += TimeSpan.FromSeconds(899);
        Assert.Equal(200, (await session.EcsAsync("DescribeImages")).Status);
        _endpoint.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal((400, "InvalidSecurityToken.Expired"), Outcome(await session.EcsAsync("DescribeImages")));
    }

    [Fact]
    public async Task It_says_who_it_is()
    {
        await RoleAsync("Reader", Trust("RAM", $"acs:ram::{_owner.Account.AccountId}:root"));
        var issued = await AssumeAsync(_owner, "Reader");
        var identity = await _endpoint.Session(_owner, issued).StsAsync("GetCallerIdentity");
        Assert.Equal(("AssumedRoleUser", _owner.Account.AccountId, $"acs:ram::{_owner.Account.AccountId}:assumed-role/reader/alice"), (identity.Text("IdentityType"), identity.Text("AccountId"), identity.Text("Arn")));
        Assert.Equal(issued.Body.GetProperty("AssumedRoleUser").GetProperty("AssumedRoleId").GetString(), identity.Text("PrincipalId"));
        Assert.Equal(identity.Text("PrincipalId"), identity.Text("RoleId") + ":alice");
    }

    [Fact]
    public async Task It_outlives_the_process_that_issued_it()
    {
        await RoleAsync("reader", Trust("RAM", $"acs:ram::{_owner.Account.AccountId}:root"));
        var session = _endpoint.Session(_owner, await AssumeAsync(_owner, "reader"));
        await using var other = await _endpoint.OpenAsync();
        using var elsewhere = new TestClient(other, session.Account, _endpoint.Clock);
        Assert.Equal(200, (await elsewhere.EcsAsync("DescribeImages")).Status);
    }

    [Fact]
    public async Task A_policy_of_its_own_narrows_it_and_widens_nothing()
    {
        await RoleAsync("reader", Trust("RAM", $"acs:ram::{_owner.Account.AccountId}:root"));
        var narrow = _endpoint.Session(_owner, await AssumeAsync(_owner, "reader", ("Policy", """{"Version":"1","Statement":[{"Effect":"Allow","Action":["ecs:DescribeRegions","ecs:DescribeInstances"],"Resource":"*"}]}""")));
        Assert.Equal(200, (await narrow.EcsAsync("DescribeRegions")).Status);
        Assert.Equal("Forbidden.RAM", (await narrow.EcsAsync("DescribeImages")).Code);
        Assert.Equal("Forbidden.RAM", (await narrow.EcsAsync("DescribeInstances")).Code);
    }

    [Fact]
    public async Task Only_whom_the_role_trusts_may_assume_it()
    {
        var account = _owner.Account.AccountId;
        var user = await _endpoint.UserAsync("builder", """{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""");
        var other = await _endpoint.UserAsync("other", """{"Version":"1","Statement":[{"Effect":"Allow","Action":"ecs:*","Resource":"*"}]}""");
        await RoleAsync("of-user", Trust("RAM", $"acs:ram::{account}:user/builder"));
        await RoleAsync("of-account", Trust("RAM", $"acs:ram::{account}:root"));
        await RoleAsync("of-service", Trust("Service", "ecs.aliyuncs.com"));
        Assert.Equal(200, (await AssumeAsync(user, "of-user")).Status);
        Assert.Equal(200, (await AssumeAsync(user, "of-account")).Status);
        Assert.Equal((403, "NoPermission"), Outcome(await AssumeAsync(user, "of-service")));
        Assert.Equal((403, "NoPermission"), Outcome(await AssumeAsync(_owner, "of-user")));
        // Trusted, but its own policy does not let it.
        Assert.Equal((403, "NoPermission"), Outcome(await AssumeAsync(other, "of-account")));
    }

    [Fact]
    public async Task Another_account_may_assume_a_role_that_trusts_it()
    {
        var stranger = await _endpoint.ClientAsync("stranger");
        await RoleAsync("shared", Trust("RAM", $"acs:ram::{stranger.Account.AccountId}:root", """{"StringEquals":{"sts:ExternalId":"secret-word"}}"""));
        Assert.Equal((403, "NoPermission"), Outcome(await AssumeAsync(stranger, "shared")));
        var issued = await AssumeAsync(stranger, "shared", ("ExternalId", "secret-word"));
        Assert.Equal(_owner.Account.AccountId, (await _endpoint.Session(stranger, issued).StsAsync("GetCallerIdentity")).Text("AccountId"));
    }

    [Fact]
    public async Task A_token_belongs_to_its_key()
    {
        await RoleAsync("reader", Trust("RAM", $"acs:ram::{_owner.Account.AccountId}:root"));
        var (one, two) = (_endpoint.Session(_owner, await AssumeAsync(_owner, "reader")).Account, _endpoint.Session(_owner, await AssumeAsync(_owner, "reader")).Account);
        Assert.Equal("MissingSecurityToken", await CodeAsync(one.Credential with { SecurityToken = null }));
        Assert.Equal("InvalidSecurityToken.MismatchWithAccessKey", await CodeAsync(one.Credential with { SecurityToken = two.Credential.SecurityToken }));
        Assert.Equal("InvalidSecurityToken.MismatchWithAccessKey", await CodeAsync(_owner.Account.Credential with { SecurityToken = two.Credential.SecurityToken }));
        Assert.Equal("InvalidAccessKeyId.NotFound", await CodeAsync(one.Credential with { AccessKeyId = "STS.NoSuchKey" }));

        async Task<string?> CodeAsync(Core.Acs.AcsCredential credential)
        {
            using var client = new TestClient(_endpoint.Endpoint, one with { Credential = credential }, _endpoint.Clock);
            return (await client.EcsAsync("DescribeImages")).Code;
        }
    }

    [Theory]
    [InlineData("InvalidParameter.DurationSeconds", "DurationSeconds", "899")]
    [InlineData("InvalidParameter.DurationSeconds", "DurationSeconds", "3601")]
    [InlineData("InvalidParameter.RoleSessionName", "RoleSessionName", "a")]
    [InlineData("InvalidParameter.RoleSessionName", "RoleSessionName", "not a name")]
    [InlineData("InvalidParameter.PolicyGrammar", "Policy", "{}")]
    [InlineData("InvalidParameter.RoleArn", "RoleArn", "reader")]
    public async Task What_cannot_be_is_refused_with_the_services_code(string code, string name, string value)
    {
        await RoleAsync("reader", Trust("RAM", $"acs:ram::{_owner.Account.AccountId}:root"));
        Assert.Equal((400, code), Outcome(await AssumeAsync(_owner, "reader", (name, value))));
    }

    [Fact]
    public async Task An_unknown_role_is_told()
    {
        Assert.Equal((404, "EntityNotExist.Role"), Outcome(await AssumeAsync(_owner, "nobody")));
    }

    [Fact]
    public async Task An_identity_token_is_enough_where_the_role_trusts_its_provider()
    {
        var provider = $"acs:ram::{_owner.Account.AccountId}:oidc-provider/ci";
        await RoleAsync("ci", Trust("Federated", provider, """{"StringEquals":{"oidc:aud":"builds","oidc:iss":"https://issuer.example"}}"""));
        var ends = _endpoint.Clock.Now.AddMinutes(5).ToUnixTimeSeconds();
        var issued = await OidcAsync(provider, Token($$"""{"iss":"https://issuer.example","aud":"builds","sub":"job-7","exp":{{ends}}}"""));
        Assert.Equal(200, issued.Status);
        Assert.Equal("job-7", issued.Body.GetProperty("OIDCTokenInfo").GetProperty("Subject").GetString());
        Assert.Equal(200, (await _endpoint.Session(_owner, issued).EcsAsync("DescribeImages")).Status);
        Assert.Equal((403, "NoPermission"), Outcome(await OidcAsync(provider, Token($$"""{"iss":"https://issuer.example","aud":"others","exp":{{ends}}}"""))));
        Assert.Equal((403, "NoPermission"), Outcome(await OidcAsync(provider + "2", Token($$"""{"iss":"https://issuer.example","aud":"builds","exp":{{ends}}}"""))));
        Assert.Equal("AuthenticationFail.OIDCToken.Invalid", (await OidcAsync(provider, "a.b.c")).Code);
        _endpoint.Clock.Now += TimeSpan.FromMinutes(6);
        Assert.Equal("AuthenticationFail.OIDCToken.Expired", (await OidcAsync(provider, Token($$"""{"iss":"https://issuer.example","aud":"builds","exp":{{ends}}}"""))).Code);
    }

    [Fact]
    public async Task No_other_operation_is_for_anyone()
    {
        using var http = new HttpClient(_endpoint.Endpoint.CreateHandler());
        foreach (var query in new[] { "Action=GetCallerIdentity&Version=2015-04-01", "Action=AssumeRole&Version=2015-04-01&RoleArn=acs:ram::1:role/r&RoleSessionName=ab" })
        {
            using var reply = await http.PostAsync(new Uri("https://sts.aliyuncs.com/?" + query), null);
            Assert.False(reply.IsSuccessStatusCode, query);
        }
    }

    private async Task<Answer> OidcAsync(string provider, string token)
    {
        using var http = new HttpClient(_endpoint.Endpoint.CreateHandler());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["OIDCProviderArn"] = provider,
            ["OIDCToken"] = token,
            ["RoleArn"] = $"acs:ram::{_owner.Account.AccountId}:role/ci",
            ["RoleSessionName"] = "job",
            ["DurationSeconds"] = "900",
            ["Policy"] = Images,
        });
        using var reply = await http.PostAsync(new Uri("https://sts.aliyuncs.com/?Version=2015-04-01&Action=AssumeRoleWithOIDC&Format=JSON&Timestamp=2025-06-15T12%3A00%3A00Z"), form);
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        return new Answer((int)reply.StatusCode, json.RootElement.Clone(), "");
    }

    private static string Token(string claims) => $"{Part("{\"alg\":\"RS256\"}")}.{Part(claims)}.{Part("signature")}";

    private static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task RoleAsync(string name, string trust)
    {
        Assert.Equal(200, (await _owner.RamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", trust))).Status);
        Assert.Equal(200, (await _owner.RamAsync("AttachPolicyToRole", ("RoleName", name), ("PolicyName", "images"), ("PolicyType", "Custom"))).Status);
    }

    private Task<Answer> AssumeAsync(TestClient who, string role, params (string Name, string Value)[] more)
    {
        var all = new Dictionary<string, string> { ["RoleArn"] = $"acs:ram::{_owner.Account.AccountId}:role/{role}", ["RoleSessionName"] = "alice" };
        foreach (var (name, value) in more) all[name] = value;
        return who.StsAsync("AssumeRole", [.. all.Select(static p => (p.Key, p.Value))]);
    }

    private static string Trust(string kind, string name, string? condition = null) =>
        $$"""{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"{{kind}}":["{{name}}"]}{{(condition is null ? "" : $",\"Condition\":{condition}")}}}]}""";

    private static (int Status, string? Code) Outcome(Answer answer) => (answer.Status, answer.Code);
}
