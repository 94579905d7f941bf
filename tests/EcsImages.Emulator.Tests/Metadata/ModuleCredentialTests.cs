using System.Net.Http.Json;
using System.Text.Json;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Sts;

namespace EcsImages.Emulator.Tests.Metadata;

/// <summary>The module's own search for credentials, over sockets, with calls that the keys it finds must sign.</summary>
public sealed class ModuleCredentialTests : IAsyncLifetime, IDisposable
{
    private static readonly AccessKey First = new("LTAImoduleFirst", "module-secret", "1111111111111111");
    private static readonly AccessKey Second = new("LTAImoduleSecond", "module-secret", "2222222222222222");
    private readonly HttpClient _http = new();
    private readonly HttpMessageInvoker _direct = new(NearbyService.CreateHandler());
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private TestEmulator _emulator = null!;

    public async Task InitializeAsync()
    {
        _emulator = await TestEmulator.StartAsync(null, First, Second);
        _http.BaseAddress = _emulator.Address;
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _direct.Dispose();
    }

    [Theory]
    [InlineData("optional")]
    [InlineData("required")]
    public async Task The_role_of_the_instance_calls_as_its_account(string httpTokens)
    {
        (await _http.PutAsJsonAsync("/_emulator/metadata", new { httpTokens })).EnsureSuccessStatusCode();
        var found = await FindAsync(_emulator.Address);
        Assert.Equal("RAM role of this ECS instance", found.Source.Description);
        Assert.Equal(First.Account, await AccountAsync(found.Source));
    }

    [Fact]
    public async Task A_named_role_of_another_account_calls_as_that_one()
    {
        (await _http.PutAsJsonAsync("/_emulator/metadata", new { account = Second.Account, role = "builder" })).EnsureSuccessStatusCode();
        _variables[CredentialVariables.MetadataRole] = "builder";
        Assert.Equal(Second.Account, await AccountAsync((await FindAsync(_emulator.Address)).Source));
    }

    [Fact]
    public async Task A_role_that_the_instance_does_not_have_is_passed_over_by_name()
    {
        _variables[CredentialVariables.MetadataRole] = "other";
        var error = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(_emulator.Address));
        Assert.Equal("NoCredentials", error.Code);
        Assert.Contains("knows no role 'other'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credentials_uri_hands_out_a_key_of_the_account_that_it_names()
    {
        _variables[CredentialVariables.MetadataDisabled] = "true";
        _variables[CredentialVariables.CredentialsUri] = new Uri(_emulator.Address, $"/_emulator/credentials?account={Second.Account}&durationSeconds=900").AbsoluteUri;
        var source = (await FindAsync(_emulator.Address)).Source;
        Assert.Equal(Second.Account, await AccountAsync(source));
        Assert.InRange((await source.GetAsync(default)).Expiration!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_is_said_to_have_no_service()
    {
        var address = _emulator.Address;
        await _emulator.DisposeAsync();
        var error = await Assert.ThrowsAsync<CredentialException>(() => FindAsync(address));
        Assert.Contains($"There is no metadata service at {address.Authority}", error.Message, StringComparison.Ordinal);
        _emulator = await TestEmulator.StartAsync(null, First);
    }

    [Theory]
    [InlineData("?account=nobody", "There is no account 'nobody'")]
    [InlineData("?role=no%20role", "no name of a role")]
    [InlineData("?durationSeconds=899", "from 900 to 43200")]
    [InlineData("?user=x", "There is no parameter 'user'")]
    public async Task A_query_that_cannot_be_answered_says_why(string query, string expected)
    {
        var reply = await _http.GetAsync("/_emulator/credentials" + query);
        Assert.Equal(400, (int)reply.StatusCode);
        Assert.Contains(expected, (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private Task<FoundCredentials> FindAsync(Uri metadata) => CredentialChain.FindAsync(new CredentialSurroundings
    {
        Variable = _variables.GetValueOrDefault,
        Home = Path.Combine(_emulator.Folder, "no-such-home"),
        Sts = (key, _) => Client(key),
        Nearby = new NearbyService(_direct, TimeProvider.System),
        MetadataAddress = metadata,
    }, CancellationToken.None);

    private async Task<string?> AccountAsync(ICredentialSource key) =>
        (await Client(key).CallAsync(StsApi.GetCallerIdentity, "cn-hangzhou", new GetCallerIdentityRequest(), CancellationToken.None)).AccountId;

    private AcsClient Client(ICredentialSource key) =>
        new(_http, new AcsClientOptions { Credentials = key, Endpoints = AcsEndpoints.At(_emulator.Address.GetLeftPart(UriPartial.Authority)) });
}
