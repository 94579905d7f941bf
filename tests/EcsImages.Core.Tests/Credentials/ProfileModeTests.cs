using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Credentials;

/// <summary>The modes of profiles beyond a plain key.</summary>
public sealed class ProfileModeTests : IDisposable
{
    private const string Base = """{"name":"base","mode":"AK","access_key_id":"id","access_key_secret":"s3cret"}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_chain_of_roles_assumes_each_with_the_key_of_the_one_before()
    {
        var sts = new ScriptedHandler(Session("STS.first"), Session("STS.second"));
        var source = await FindAsync(new TestSurroundings { StsHandler = sts }, Base
            + """,{"name":"middle","mode":"RamRoleArn","access_key_id":"id","access_key_secret":"s3cret","ram_role_arn":"acs:ram::1:role/a"}"""
            + """,{"name":"top","mode":"ChainableRamRoleArn","source_profile":"middle","ram_role_arn":"acs:ram::2:role/b","ram_session_name":"mine","external_id":"x"}""", "top");
        Assert.Equal("STS.second", (await source.GetAsync(default)).AccessKeyId);
        Assert.Equal(["acs:ram::1:role/a", "acs:ram::2:role/b"], sts.Sent.Select(static s => s.Parameters["RoleArn"]));
        Assert.Equal(("mine", "x", "token"), (sts.Sent[1].Parameters["RoleSessionName"], sts.Sent[1].Parameters["ExternalId"], sts.Sent[1]["x-acs-security-token"]));
        Assert.Equal(sts.Sent[1].ExpectedSignature("session"), sts.Sent[1].Signature);
    }

    [Theory]
    [InlineData("a", "a", "a -> b -> a")]
    [InlineData("b", "b", "a -> b -> b")]
    [InlineData("none", "ProfileNotFound", "no profile 'none'")]
    [InlineData("", "InvalidProfile", "has no source_profile")]
    public async Task A_source_that_leads_nowhere_is_an_error(string last, string code, string expected)
    {
        var error = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(new TestSurroundings(),
            """{"name":"a","mode":"ChainableRamRoleArn","source_profile":"b","ram_role_arn":"acs:ram::1:role/a"}"""
            + $$""",{"name":"b","mode":"ChainableRamRoleArn","source_profile":"{{last}}","ram_role_arn":"acs:ram::1:role/b"}""", "a"));
        Assert.Equal(code is "ProfileNotFound" ? code : "InvalidProfile", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_of_the_instance_comes_from_its_metadata()
    {
        var nearby = new ScriptedHandler(Answer.Json("tok"), Answer.Json(Key("STS.ecs")));
        var source = await FindAsync(new TestSurroundings { NearbyHandler = nearby }, """{"name":"e","mode":"EcsRamRole","ram_role_name":"builder"}""", "e");
        Assert.Equal("STS.ecs", (await source.GetAsync(default)).AccessKeyId);
        Assert.EndsWith("/builder", nearby.Sent[1].Uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_of_the_instance_is_refused_where_metadata_is_switched_off()
    {
        var machine = new TestSurroundings();
        machine.Variables[CredentialVariables.MetadataDisabled] = "TRUE";
        Assert.Equal("MetadataDisabled", (await Assert.ThrowsAsync<CredentialException>(() => FindAsync(machine, """{"name":"e","mode":"EcsRamRole"}""", "e"))).Code);
    }

    [Fact]
    public async Task The_role_of_the_instance_can_be_the_source_of_another()
    {
        var machine = new TestSurroundings
        {
            NearbyHandler = new ScriptedHandler(Answer.Json("tok"), Answer.Json("own"), Answer.Json(Key("STS.ecs"))),
            StsHandler = new ScriptedHandler(Session("STS.role")),
        };
        var source = await FindAsync(machine,
            """{"name":"e","mode":"EcsRamRole"},{"name":"r","mode":"ChainableRamRoleArn","source_profile":"e","ram_role_arn":"acs:ram::1:role/r"}""", "r");
        Assert.Equal("STS.role", (await source.GetAsync(default)).AccessKeyId);
    }

    [Fact]
    public async Task A_role_for_a_token_is_assumed_without_a_key()
    {
        var token = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(token, "jwt");
        var sts = new ScriptedHandler(Session("STS.oidc"));
        var source = await FindAsync(new TestSurroundings { StsHandler = sts },
            $$"""{"name":"o","mode":"OIDC","oidc_provider_arn":"acs:ram::1:oidc-provider/p","oidc_token_file":"{{token.Replace('\\', '/')}}","ram_role_arn":"acs:ram::1:role/o","expired_seconds":900}""", "o");
        Assert.Equal("STS.oidc", (await source.GetAsync(default)).AccessKeyId);
        Assert.Equal(("jwt", "900"), (sts.Sent[0].Parameters["OIDCToken"], sts.Sent[0].Parameters["DurationSeconds"]));
    }

    [Fact]
    public async Task A_uri_is_asked_for_the_key()
    {
        var nearby = new ScriptedHandler(Answer.Json(Key("STS.uri")));
        var source = await FindAsync(new TestSurroundings { NearbyHandler = nearby }, """{"name":"u","mode":"CredentialsURI","credentials_uri":"http://127.0.0.1:7/k"}""", "u");
        Assert.Equal("STS.uri", (await source.GetAsync(default)).AccessKeyId);
        Assert.Equal("http://127.0.0.1:7/k", nearby.Sent[0].Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("CloudSSO")]
    [InlineData("OAuth")]
    public async Task A_session_that_the_official_client_keeps_is_used_while_it_lasts(string mode)
    {
        var machine = new TestSurroundings();
        var end = machine.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var source = await FindAsync(machine,
            $$"""{"name":"s","mode":"{{mode}}","access_key_id":"STS.sso","access_key_secret":"s3cret","sts_token":"t","sts_expiration":{{end}}}""", "s");
        Assert.Equal(("STS.sso", "t"), ((await source.GetAsync(default)).AccessKeyId, (await source.GetAsync(default)).SecurityToken));
        machine.Clock.Advance(TimeSpan.FromHours(1));
        var error = await Assert.ThrowsAsync<CredentialException>(async () => await source.GetAsync(default));
        Assert.Equal("SessionExpired", error.Code);
        Assert.Contains("aliyun sts GetCallerIdentity --profile s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("External", """ "process_command":"rm -rf s3cret" """, "starts none")]
    [InlineData("CloudSSO", """ "access_token":"s3cret" """, "holds no session")]
    [InlineData("BearerToken", """ "x":"s3cret" """, "has mode BearerToken")]
    public async Task What_is_not_done_is_refused_in_words(string mode, string field, string expected)
    {
        var error = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(new TestSurroundings(), $$"""{"name":"x","mode":"{{mode}}",{{field}}}""", "x"));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "sts_endpoint":"sts.ap-southeast-1.aliyuncs.com" """, "sts.ap-southeast-1.aliyuncs.com")]
    [InlineData(""" "enable_vpc":true,"sts_region":"cn-beijing" """, "sts-vpc.cn-beijing.aliyuncs.com")]
    [InlineData(""" "sts_region":"cn-beijing" """, null)]
    public async Task A_profile_chooses_its_STS(string fields, string? host)
    {
        var machine = new TestSurroundings();
        await FindAsync(machine, $$"""{"name":"r","mode":"RamRoleArn","access_key_id":"i","access_key_secret":"s","ram_role_arn":"acs:ram::1:role/r",{{fields}}}""", "r");
        Assert.Equal([host], machine.StsEndpoints);
    }

    [Theory]
    [InlineData(""" "sts_endpoint":"http://sts.elsewhere.test" """)]
    [InlineData(""" "enable_vpc":true,"sts_region":"evil.test/" """)]
    [InlineData(""" "sts_region":"evil.test/" """)]
    public async Task An_STS_that_a_key_must_not_be_sent_to_is_refused(string fields) =>
        Assert.Equal("InvalidProfile", (await Assert.ThrowsAsync<CredentialException>(() => FindAsync(new TestSurroundings(),
            $$"""{"name":"r","mode":"RamRoleArn","access_key_id":"i","access_key_secret":"s","ram_role_arn":"acs:ram::1:role/r",{{fields}}}""", "r"))).Code);

    private async Task<ICredentialSource> FindAsync(TestSurroundings machine, string profiles, string name)
    {
        var path = Path.Combine(_folder.FullName, "config.json");
        await File.WriteAllTextAsync(path, $$"""{"current":"none","profiles":[{{profiles}}]}""");
        return (await ProfileCredentials.FindAsync(path, name, machine.Around, default))!;
    }

    private static Step Session(string id) => Answer.Json($$"""{"Credentials":{{Key(id)}}}""");

    private static string Key(string id) => $$"""{"AccessKeyId":"{{id}}","AccessKeySecret":"session","SecurityToken":"token","Expiration":"2025-06-15T13:00:00Z"}""";
}
