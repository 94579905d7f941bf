using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Credentials;

public sealed class SharedFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task A_key_is_read_past_comments_spaces_and_other_sections()
    {
        var source = await FindAsync(new TestSurroundings(), """
            # a comment
            [other]
            type = access_key
            access_key_id = wrong

            [default]               
            ; another
            type = access_key       # Certification type: access_key
              access_key_id=id
            access_key_secret = s#c=ret
            """);
        var key = await source.GetAsync(default);
        Assert.Equal(("id", "s#c=ret", null), (key.AccessKeyId, key.AccessKeySecret, key.SecurityToken));
    }

    [Fact]
    public async Task A_temporary_key_has_its_token() =>
        Assert.Equal("t", (await (await FindAsync(new TestSurroundings(),
            "[default]\ntype=sts\naccess_key_id=i\naccess_key_secret=s\nsecurity_token=t")).GetAsync(default)).SecurityToken);

    [Fact]
    public async Task A_role_is_assumed_with_the_key_of_its_section()
    {
        var sts = new ScriptedHandler(Answer.Json($$"""{"Credentials":{{Session}}}"""));
        var source = await FindAsync(new TestSurroundings { StsHandler = sts },
            "[default]\ntype=ram_role_arn\naccess_key_id=i\naccess_key_secret=s\nrole_arn=acs:ram::1:role/r\nrole_session_name=mine\npolicy={\"Version\":\"1\"}");
        Assert.Equal("STS.1", (await source.GetAsync(default)).AccessKeyId);
        Assert.Equal(("acs:ram::1:role/r", "mine", """{"Version":"1"}"""),
            (sts.Sent[0].Parameters["RoleArn"], sts.Sent[0].Parameters["RoleSessionName"], sts.Sent[0].Parameters["Policy"]));
        Assert.Equal(sts.Sent[0].ExpectedSignature("s"), sts.Sent[0].Signature);
    }

    [Fact]
    public async Task The_role_of_the_instance_comes_from_its_metadata()
    {
        var nearby = new ScriptedHandler(Answer.Json("tok"), Answer.Json(Session));
        var source = await FindAsync(new TestSurroundings { NearbyHandler = nearby }, "[default]\ntype=ecs_ram_role\nrole_name=builder");
        Assert.Equal("STS.1", (await source.GetAsync(default)).AccessKeyId);
        Assert.EndsWith("/builder", nearby.Sent[1].Uri.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_for_a_token_is_assumed_without_a_key()
    {
        var token = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(token, "jwt");
            var sts = new ScriptedHandler(Answer.Json($$"""{"Credentials":{{Session}}}"""));
            var source = await FindAsync(new TestSurroundings { StsHandler = sts },
                $"[default]\ntype=oidc_role_arn\noidc_provider_arn=acs:ram::1:oidc-provider/p\noidc_token_file_path={token}\nrole_arn=acs:ram::1:role/r");
            await source.GetAsync(default);
            Assert.Equal("jwt", sts.Sent[0].Parameters["OIDCToken"]);
        }
        finally
        {
            File.Delete(token);
        }
    }

    [Fact]
    public async Task A_changed_file_is_read_again_and_a_damaged_one_leaves_the_key()
    {
        const string text = "[default]\ntype=access_key\naccess_key_id=one\naccess_key_secret=s";
        var source = await FindAsync(new TestSurroundings(), text);
        Write(text.Replace("one", "two", StringComparison.Ordinal), minutes: 1);
        Assert.Equal("two", (await source.GetAsync(default)).AccessKeyId);
        Write("[defa", minutes: 2);
        Assert.Equal("two", (await source.GetAsync(default)).AccessKeyId);
    }

    [Theory]
    [InlineData("s3cret without a section", "line 1")]
    [InlineData("[default]\ns3cret", "line 2")]
    [InlineData("[default]\naccess_key_secret=s3cret", "has no type")]
    [InlineData("[default]\ntype=rsa_key_pair\nprivate_key=s3cret", "has type rsa_key_pair")]
    [InlineData("[default]\ntype=access_key\naccess_key_secret=s3cret", "has no access_key_id")]
    [InlineData("[default]\ntype=access_key\naccess_key_id=i", "has no access_key_secret")]
    [InlineData("[default]\ntype=ram_role_arn\naccess_key_id=i\naccess_key_secret=s3cret", "has no role_arn")]
    public async Task A_file_that_is_of_no_use_says_why_and_quotes_no_secret(string text, string expected)
    {
        var error = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(new TestSurroundings(), text));
        Assert.Equal("InvalidCredentialsFile", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    private const string Session = """{"AccessKeyId":"STS.1","AccessKeySecret":"session","SecurityToken":"token","Expiration":"2025-06-15T13:00:00Z"}""";

    private async Task<ICredentialSource> FindAsync(TestSurroundings machine, string text)
    {
        Write(text, minutes: 0);
        machine.Variables[CredentialVariables.CredentialsFile] = _path;
        return (await CredentialChain.FindAsync(machine.Around, default)).Source;
    }

    private void Write(string text, int minutes)
    {
        File.WriteAllText(_path, text);
        File.SetLastWriteTimeUtc(_path, new DateTime(2025, 1, 1, 0, minutes, 0, DateTimeKind.Utc));
    }
}
