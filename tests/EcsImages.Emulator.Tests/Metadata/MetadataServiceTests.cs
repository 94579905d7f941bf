using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EcsImages.Emulator.Tests.Metadata;

/// <summary>The metadata service as a client sees it that knows only the service's documentation.</summary>
public sealed class MetadataServiceTests : IAsyncLifetime, IDisposable
{
    private const string Roles = "/latest/meta-data/ram/security-credentials/";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";
    private static readonly AccessKey First = new("LTAImetadataFirst", "metadata-secret", "first");
    private static readonly AccessKey Second = new("LTAImetadataSecond", "metadata-secret", "second");
    private readonly HttpClient _http = new();
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
    }

    [Fact]
    public async Task A_token_opens_the_role_and_its_key()
    {
        var token = await TokenAsync("21600");
        Assert.Equal("EmulatorInstanceRole", await (await GetAsync(Roles, token)).Content.ReadAsStringAsync());
        var key = await (await GetAsync(Roles + "EmulatorInstanceRole", token)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Success", key.GetProperty("Code").GetString());
        Assert.StartsWith("STS.", key.GetProperty("AccessKeyId").GetString(), StringComparison.Ordinal);
        var life = key.GetProperty("Expiration").GetDateTimeOffset() - key.GetProperty("LastUpdated").GetDateTimeOffset();
        Assert.InRange(life, TimeSpan.FromHours(6), TimeSpan.FromHours(6) + TimeSpan.FromSeconds(1));
        Assert.Equal(JsonValueKind.String, key.GetProperty("SecurityToken").ValueKind);
    }

    [Fact]
    public async Task Without_a_token_it_answers_only_while_tokens_are_optional()
    {
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Roles, null)).StatusCode);
        await ChangeAsync(new { httpTokens = "required" });
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(Roles, null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Roles, await TokenAsync("60"))).StatusCode);
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdA==")]
    [InlineData("")]
    public async Task A_token_that_it_did_not_issue_opens_nothing(string token) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(Roles, token)).StatusCode);

    [Fact]
    public async Task A_token_opens_nothing_once_its_time_is_over()
    {
        var token = await TokenAsync("60");
        await _http.PostAsJsonAsync("/_emulator/clock", new { advanceSeconds = 59 });
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Roles, token)).StatusCode);
        await _http.PostAsJsonAsync("/_emulator/clock", new { advanceSeconds = 2 });
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(Roles, token)).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("21601")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_token_has_a_life_that_the_service_permits(string? seconds) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(seconds)).StatusCode);

    [Fact]
    public async Task The_session_stays_the_same_until_half_of_it_is_over()
    {
        async Task<string> KeyAsync() => (await _http.GetFromJsonAsync<JsonElement>(Roles + "EmulatorInstanceRole")).GetProperty("AccessKeyId").GetString()!;
        var first = await KeyAsync();
        Assert.Equal(first, await KeyAsync());
        await _http.PostAsJsonAsync("/_emulator/clock", new { advanceSeconds = 3 * 3600 + 1 });
        Assert.NotEqual(first, await KeyAsync());
    }

    [Fact]
    public async Task An_instance_without_a_role_has_no_key()
    {
        await ChangeAsync(new { role = "" });
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(Roles, null)).StatusCode);
    }

    [Fact]
    public async Task The_instance_has_the_role_that_it_was_given_and_no_other()
    {
        await ChangeAsync(new { account = "second", role = "builder" });
        Assert.Equal("builder", await _http.GetStringAsync(Roles.TrimEnd('/')));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(Roles + "EmulatorInstanceRole", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Roles + "builder", null)).StatusCode);
    }

    [Theory]
    [InlineData("""{"role":"no role"}""")]
    [InlineData("""{"httpTokens":"sometimes"}""")]
    [InlineData("""{"tokens":"required"}""")]
    [InlineData("null")]
    public async Task What_no_instance_can_be_is_refused(string change) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PutAsync("/_emulator/metadata", new StringContent(change, null, "application/json"))).StatusCode);

    [Theory]
    [InlineData("Origin", "http://example.com")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    public async Task A_web_page_and_a_reverse_proxy_get_nothing(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Roles + "EmulatorInstanceRole");
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Its_own_address_is_answered_for_clients_that_come_through_the_emulator_as_a_proxy()
    {
        using var proxied = new HttpClient(new HttpClientHandler { Proxy = new WebProxy(_emulator.Address) });
        Assert.Equal("EmulatorInstanceRole", await proxied.GetStringAsync("http://100.100.100.200" + Roles));
        Assert.Equal(HttpStatusCode.NotFound, (await proxied.GetAsync("http://100.100.100.200/elsewhere")).StatusCode);
    }

    [Fact]
    public async Task A_bucket_called_latest_is_still_one()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/latest/meta-data/ram/x");
        request.Headers.TryAddWithoutValidation("Authorization", "OSS LTAI:signature");
        Assert.Contains("<Error>", await (await _http.SendAsync(request)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> TokenAsync(string seconds) => await (await PutAsync(seconds)).EnsureSuccessStatusCode().Content.ReadAsStringAsync();

    private async Task<HttpResponseMessage> PutAsync(string? seconds)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/latest/api/token");
        if (seconds is not null) request.Headers.TryAddWithoutValidation(TokenHeader + "-ttl-seconds", seconds);
        return await _http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.TryAddWithoutValidation(TokenHeader, token);
        return await _http.SendAsync(request);
    }

    private async Task ChangeAsync(object change) => (await _http.PutAsJsonAsync("/_emulator/metadata", change)).EnsureSuccessStatusCode();
}
