using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Credentials;

/// <summary>Which of the places that have credentials decides, and what is said where none has.</summary>
public sealed class ChainTests : IDisposable
{
    private const string Key = """{"AccessKeyId":"STS.near","AccessKeySecret":"s3cret","SecurityToken":"token","Expiration":"2025-06-15T13:00:00Z"}""";
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();
    private readonly ScriptedHandler _sts = ScriptedHandler.Always(Answer.Json($$"""{"Credentials":{{Key}}}"""));
    private ScriptedHandler _nearby = new(Answer.Fails(new HttpRequestException("Connection refused")));

    public void Dispose() => _home.Delete(recursive: true);

    // Each source in the official order; without the ones before it, it decides.
    [Fact]
    public async Task The_first_place_that_has_credentials_decides()
    {
        var machine = Machine(Answer.Json("tok"), Answer.Json("role"), Answer.Json(Key), Answer.Json(Key));
        machine.Variables[CredentialVariables.CredentialsUri] = "http://127.0.0.1:9/mine?code=s3cret";
        WriteShared("[default]\ntype = access_key\naccess_key_id = shared\naccess_key_secret = s3cret\n");
        WriteProfiles("""{"current":"p","profiles":[{"name":"p","mode":"AK","access_key_id":"profile","access_key_secret":"s3cret","region_id":"cn-beijing"}]}""");
        SetOidc(machine);
        machine.Variables[EnvironmentCredentials.KeyId] = "environment";
        machine.Variables[EnvironmentCredentials.KeySecret] = "s3cret";

        Assert.Equal("environment variables", (await FindAsync(machine)).Source.Description);
        machine.Variables.Remove(EnvironmentCredentials.KeyId);
        machine.Variables.Remove(EnvironmentCredentials.KeySecret);
        Assert.Equal("OIDC role acs:ram::1:role/r", (await FindAsync(machine)).Source.Description);
        machine.Variables.Remove(CredentialVariables.RoleArn);
        var profile = await FindAsync(machine);
        Assert.Equal(("profile p", "p", "cn-beijing"), (profile.Source.Description, profile.Name, profile.RegionId));
        machine.Variables[CredentialVariables.ProfileFileDisabled] = "true";
        Assert.StartsWith("section default of ", (await FindAsync(machine)).Source.Description, StringComparison.Ordinal);
        machine.Variables[CredentialVariables.CredentialsFile] = Path.Combine(_home.FullName, "elsewhere");
        var role = await FindAsync(machine);
        Assert.Equal(("RAM role of this ECS instance", "STS.near"), (role.Source.Description, (await role.Source.GetAsync(default)).AccessKeyId));
        machine.Variables[CredentialVariables.MetadataDisabled] = "true";
        var uri = await FindAsync(machine);
        Assert.Equal(("credentials URI at 127.0.0.1:9", "STS.near"), (uri.Source.Description, (await uri.Source.GetAsync(default)).AccessKeyId));
        Assert.Equal("http://127.0.0.1:9/mine?code=s3cret", _nearby.Sent[^1].Uri.AbsoluteUri);
    }

    [Fact]
    public async Task Where_there_is_nothing_each_place_is_named_with_the_reason()
    {
        var error = await FailAsync(Machine());
        Assert.Equal("NoCredentials", error.Code);
        string[] places =
        [
            EnvironmentCredentials.KeyId, CredentialVariables.OidcTokenFile, Path.Combine(".aliyun", "config.json"), Path.Combine(".alibabacloud", "credentials"),
            "There is no metadata service", "Connection refused", CredentialVariables.CredentialsUri,
        ];
        Assert.Equal(places, places.OrderBy(p => error.Message.IndexOf(p, StringComparison.Ordinal)));
        Assert.All(places, p => Assert.Contains(p, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_without_metadata_is_asked_once_and_a_search_still_says_so()
    {
        var machine = Machine();
        await FailAsync(machine);
        Assert.Contains("Looked for once in this process.", (await FailAsync(machine)).Message, StringComparison.Ordinal);
        Assert.Single(_nearby.Sent);
    }

    [Fact]
    public async Task Who_names_the_role_of_the_instance_has_it_asked_for_again()
    {
        var machine = Machine(Answer.Fails(new HttpRequestException("no")), Answer.Json("tok"), Answer.Json(Key));
        await FailAsync(machine);
        machine.Variables[CredentialVariables.MetadataRole] = "builder";
        Assert.Equal("RAM role builder of this ECS instance", (await FindAsync(machine)).Source.Description);
    }

    [Fact]
    public async Task The_metadata_service_is_not_asked_where_something_else_has_a_key()
    {
        var machine = Machine();
        machine.Variables[EnvironmentCredentials.KeyId] = "id";
        machine.Variables[EnvironmentCredentials.KeySecret] = "s3cret";
        await FindAsync(machine);
        Assert.Empty(_nearby.Sent);
    }

    [Theory]
    [InlineData(EnvironmentCredentials.KeyId, "id", "NoCredentials")]
    [InlineData(CredentialVariables.CredentialsUri, "ftp://s3cret", "InvalidCredentialsUri")]
    [InlineData(CredentialVariables.CredentialsUri, "http://user:s3cret@127.0.0.1/", "InvalidCredentialsUri")]
    public async Task What_is_half_there_is_an_error_and_not_passed_over(string variable, string value, string code)
    {
        var machine = Machine();
        machine.Variables[variable] = value;
        var error = await FailAsync(machine);
        Assert.Equal(code, error.Code);
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_no_file_has_does_not_end_at_the_role_of_the_machine()
    {
        var machine = Machine();
        machine.Variables[CredentialVariables.Profile] = "work";
        WriteProfiles("""{"current":"p","profiles":[{"name":"p","mode":"AK","access_key_id":"i","access_key_secret":"s"}]}""");
        var error = await FailAsync(machine);
        Assert.Equal("ProfileNotFound", error.Code);
        Assert.Contains("names 'work', which is nowhere", error.Message, StringComparison.Ordinal);
        Assert.Empty(_nearby.Sent);
    }

    [Fact]
    public async Task A_profile_that_only_the_shared_file_has_is_found_there()
    {
        var machine = Machine();
        machine.Variables[CredentialVariables.Profile] = "work";
        WriteProfiles("""{"current":"p","profiles":[{"name":"p","mode":"AK","access_key_id":"i","access_key_secret":"s"}]}""");
        WriteShared("[work]\ntype=access_key\naccess_key_id=shared\naccess_key_secret=s\n");
        Assert.Equal("shared", (await (await FindAsync(machine)).Source.GetAsync(default)).AccessKeyId);
    }

    [Theory]
    [InlineData("""{"current":"default","profiles":[{"name":"default","mode":"AK","access_key_id":"","access_key_secret":"","region_id":"cn-hangzhou"}]}""")]
    [InlineData("""{"profiles":[]}""")]
    public async Task A_profile_file_that_nobody_has_filled_in_is_passed_over(string text)
    {
        WriteProfiles(text);
        var machine = Machine(Answer.Json("tok"), Answer.Json("role"), Answer.Json(Key));
        Assert.Equal("RAM role of this ECS instance", (await FindAsync(machine)).Source.Description);
    }

    [Fact]
    public async Task A_credentials_uri_that_redirects_or_refuses_gives_no_key()
    {
        var machine = Machine(Answer.Json("", 302, ("Location", "http://elsewhere.test/")));
        machine.Variables[CredentialVariables.MetadataDisabled] = "true";
        machine.Variables[CredentialVariables.CredentialsUri] = "http://127.0.0.1:9/s3cret";
        var source = (await FindAsync(machine)).Source;
        var error = await Assert.ThrowsAsync<CredentialException>(async () => await source.GetAsync(default));
        Assert.Equal("CredentialsUriFailed", error.Code);
        Assert.Contains("HTTP 302", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    private TestSurroundings Machine(params Step[] nearby)
    {
        if (nearby.Length > 0) _nearby = new ScriptedHandler(nearby);
        return new TestSurroundings { Home = _home.FullName, StsHandler = _sts, NearbyHandler = _nearby };
    }

    private void SetOidc(TestSurroundings machine)
    {
        var token = Path.Combine(_home.FullName, "token");
        File.WriteAllText(token, "jwt");
        machine.Variables[CredentialVariables.RoleArn] = "acs:ram::1:role/r";
        machine.Variables[CredentialVariables.OidcProviderArn] = "acs:ram::1:oidc-provider/p";
        machine.Variables[CredentialVariables.OidcTokenFile] = token;
    }

    private static Task<FoundCredentials> FindAsync(TestSurroundings machine) => CredentialChain.FindAsync(machine.Around, default);

    private static Task<CredentialException> FailAsync(TestSurroundings machine) => Assert.ThrowsAsync<CredentialException>(() => FindAsync(machine));

    private void WriteProfiles(string text) => Write(ProfileFile.In(_home.FullName), text);

    private void WriteShared(string text) => Write(SharedCredentialsFile.In(_home.FullName), text);

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
