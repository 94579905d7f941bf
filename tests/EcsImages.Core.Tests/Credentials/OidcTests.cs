using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Credentials;

public sealed class OidcTests : IDisposable
{
    private readonly string _token = Path.GetTempFileName();
    private readonly ManualClock _clock = new();

    public void Dispose() => File.Delete(_token);

    [Fact]
    public async Task A_role_is_assumed_with_the_token_and_without_a_signature()
    {
        File.WriteAllText(_token, "the.jwt\n");
        var handler = new ScriptedHandler(Session("STS.1", "13:00"));
        var key = await Role(handler).GetAsync(default);
        Assert.Equal(("STS.1", "t"), (key.AccessKeyId, key.SecurityToken));
        var sent = Assert.Single(handler.Sent);
        Assert.False(sent.Headers.ContainsKey("Authorization"));
        Assert.Equal(("POST", "AssumeRoleWithOIDC", "?Format=json"), (sent.Method, sent.Action, sent.Uri.Query));
        Assert.Equal("application/x-www-form-urlencoded", sent["content-type"]);
        Assert.Equal(("the.jwt", "acs:ram::1:oidc-provider/p", "acs:ram::1:role/r"), (sent.Parameters["OIDCToken"], sent.Parameters["OIDCProviderArn"], sent.Parameters["RoleArn"]));
        Assert.Equal(("session", "3600"), (sent.Parameters["RoleSessionName"], sent.Parameters["DurationSeconds"]));
    }

    [Fact]
    public async Task The_token_is_read_at_each_renewal()
    {
        File.WriteAllText(_token, "first");
        var handler = new ScriptedHandler(Session("STS.1", "13:00"), Session("STS.2", "14:00"));
        var role = Role(handler);
        await role.GetAsync(default);
        File.WriteAllText(_token, "second");
        _clock.Advance(TimeSpan.FromMinutes(46));
        Assert.Equal("STS.2", (await role.GetAsync(default)).AccessKeyId);
        Assert.Equal("second", handler.Sent[1].Parameters["OIDCToken"]);
    }

    [Fact]
    public async Task A_refusal_that_echoes_the_token_is_shown_without_it()
    {
        File.WriteAllText(_token, "the.s3cret.jwt");
        var error = await Assert.ThrowsAsync<AcsException>(async () => await Role(
            new ScriptedHandler(Answer.Error(400, "AuthenticationFail.OIDCToken.Invalid", "Not this: the.s3cret.jwt"))).GetAsync(default));
        Assert.Equal("AuthenticationFail.OIDCToken.Invalid", error.Code);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(null, "cannot be read")]
    public async Task A_token_file_that_is_of_no_use_is_named(string? text, string expected)
    {
        if (text is null) File.Delete(_token);
        else File.WriteAllText(_token, text);
        var handler = new ScriptedHandler();
        var error = await Assert.ThrowsAsync<CredentialException>(async () => await Role(handler).GetAsync(default));
        Assert.Equal("InvalidOidcToken", error.Code);
        Assert.Contains(_token, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Sent);
    }

    [Fact]
    public async Task A_file_too_large_for_a_token_is_not_sent()
    {
        File.WriteAllText(_token, new string('x', 20_001));
        Assert.Equal("InvalidOidcToken", (await Assert.ThrowsAsync<CredentialException>(async () => await Role(new ScriptedHandler()).GetAsync(default))).Code);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("cn-beijing", null, null)]
    [InlineData("cn-beijing", "true", "sts-vpc.cn-beijing.aliyuncs.com")]
    [InlineData(null, "true", "sts-vpc.cn-hangzhou.aliyuncs.com")]
    public async Task The_variables_choose_the_network_of_STS(string? region, string? isPrivate, string? host)
    {
        var machine = new TestSurroundings { StsHandler = new ScriptedHandler() };
        machine.Variables[CredentialVariables.RoleArn] = "acs:ram::1:role/r";
        machine.Variables[CredentialVariables.OidcProviderArn] = "acs:ram::1:oidc-provider/p";
        machine.Variables[CredentialVariables.OidcTokenFile] = _token;
        if (region is not null) machine.Variables[CredentialVariables.StsRegion] = region;
        if (isPrivate is not null) machine.Variables[CredentialVariables.IsPrivateNetwork] = isPrivate;
        await CredentialChain.FindAsync(machine.Around, default);
        Assert.Equal([host], machine.StsEndpoints);
    }

    private OidcRoleCredentials Role(ScriptedHandler handler) => new(
        TestClient.Over(handler, _clock, NoKey.Instance), new AssumedRole("acs:ram::1:role/r", "session"), "acs:ram::1:oidc-provider/p", _token, _clock);

    private static Step Session(string id, string until) => Answer.Json(
        $$$"""{"Credentials":{"AccessKeyId":"{{{id}}}","AccessKeySecret":"s","SecurityToken":"t","Expiration":"2025-06-15T{{{until}}}:00Z"}}""");
}
