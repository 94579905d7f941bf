using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Ecs;

namespace EcsImages.Emulator.Tests;

/// <summary>What a test harness asks of the emulator, over HTTP as it would.</summary>
public sealed class ControlTests : IAsyncLifetime, IDisposable
{
    private static readonly AccessKey Key = new("LTAItestControlKey01", "control-secret", "control");
    private TestEmulator _emulator = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _emulator = await TestEmulator.StartAsync(null, Key);
        _http = new HttpClient { BaseAddress = _emulator.Address };
    }

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Health_answers_without_any_key()
    {
        var health = await _http.GetFromJsonAsync<JsonElement>("/_emulator/health");
        Assert.Equal("ok", health.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_clock_moves_and_calls_of_the_old_time_expire()
    {
        await CallAsync();
        var moved = await _http.PostAsJsonAsync("/_emulator/clock", new { advanceSeconds = 3600 });
        Assert.Equal(3600, (await moved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("offsetSeconds").GetDouble(), 1.0);
        Assert.Equal("InvalidTimeStamp.Expired", (await Assert.ThrowsAsync<AcsException>(CallAsync)).Code);
        await _http.PostAsJsonAsync("/_emulator/clock", new { now = DateTimeOffset.UtcNow });
        await CallAsync();
    }

    [Theory]
    [InlineData("Throttle", "Throttling.User")]
    [InlineData("Error", "ServiceUnavailable")]
    [InlineData("Reset", AcsErrorCodes.ConnectionFailed)]
    [InlineData("DropReply", AcsErrorCodes.ConnectionFailed)]
    [InlineData("Truncate", null)]
    public async Task A_fault_meets_as_many_calls_as_were_asked_for(string kind, string? code)
    {
        var made = await _http.PostAsJsonAsync("/_emulator/faults", new { kind, product = "ecs", operation = "DescribeRegions", count = 2 });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<AcsException>(CallAsync);
            if (code is not null) Assert.Equal(code, error.Code);
        }
        await CallAsync();
        var faults = await _http.GetFromJsonAsync<JsonElement>("/_emulator/faults");
        Assert.Equal(2, Assert.Single(faults.EnumerateArray()).GetProperty("met").GetInt32());
    }

    [Fact]
    public async Task The_log_names_calls_and_hides_what_may_be_secret()
    {
        await Assert.ThrowsAsync<AcsException>(() => Client().CallAsync(EcsApi.RunInstances, "cn-hangzhou",
            new RunInstancesRequest { RegionId = "cn-hangzhou", ImageId = "m-none", InstanceType = "ecs.g7.large", UserData = "U2VjcmV0LTEyMw==" }, CancellationToken.None));
        var log = await _http.GetStringAsync("/_emulator/requests?operation=RunInstances");
        Assert.Contains("m-none", log, StringComparison.Ordinal);
        Assert.DoesNotContain("U2VjcmV0", log, StringComparison.Ordinal);
        Assert.DoesNotContain(Key.Id, log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync("/_emulator/requests")).StatusCode);
        Assert.Equal("[]", await _http.GetStringAsync("/_emulator/requests"));
    }

    [Fact]
    public async Task An_account_is_made_with_a_key_and_a_reset_leaves_it()
    {
        var made = await _http.PostAsJsonAsync("/_emulator/accounts", new { name = "second", accessKeyId = "LTAIsecondKey", accessKeySecret = "second-secret" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _http.PostAsync("/_emulator/reset", null)).StatusCode);
        await Client("LTAIsecondKey", "second-secret").CallAsync(EcsApi.DescribeRegions, "cn-hangzhou", new DescribeRegionsRequest(), CancellationToken.None);
    }

    [Fact]
    public async Task A_web_page_may_not_control_it_nor_reach_it_by_a_name_of_its_own()
    {
        using var fromPage = new HttpRequestMessage(HttpMethod.Post, "/_emulator/reset");
        fromPage.Headers.Add("Origin", "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(fromPage)).StatusCode);
        using var plain = new HttpRequestMessage(HttpMethod.Post, "/_emulator/clock") { Content = new StringContent("{\"advanceSeconds\":1}") };
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await _http.SendAsync(plain)).StatusCode);
        var rebound = await RawHttp.SendAsync(_emulator.Address, "GET", "/_emulator/health", [new("Host", "evil.example")], "");
        Assert.Equal(421, rebound.Status);
    }

    [Theory]
    [InlineData("/_emulator/faults", "{\"kind\":\"Throttle\",\"probability\":2}")]
    [InlineData("/_emulator/faults", "{\"kind\":\"Explode\"}")]
    [InlineData("/_emulator/faults", "{\"kind\":\"Throttle\",\"cuont\":1}")]
    [InlineData("/_emulator/clock", "{}")]
    [InlineData("/_emulator/clock", "{\"now\":\"9999-12-31T23:59:59Z\"}")]
    [InlineData("/_emulator/clock", "{\"advanceSeconds\":1e300}")]
    [InlineData("/_emulator/clock", "nonsense")]
    [InlineData("/_emulator/accounts", "{\"name\":\"a b\"}")]
    public async Task What_makes_no_sense_is_told(string path, string body)
    {
        using var content = new StringContent(body, null, "application/json");
        var reply = await _http.PostAsync(path, content);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.NotEmpty((await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!);
    }

    private Task<DescribeRegionsReply> CallAsync() => Client().CallAsync(EcsApi.DescribeRegions, "cn-hangzhou", new DescribeRegionsRequest(), CancellationToken.None);

    // Each call is sent once: what a fault does is to be seen.
    private AcsClient Client(string? id = null, string? secret = null) => new(new HttpMessageInvoker(new SocketsHttpHandler()), new AcsClientOptions
    {
        Credentials = new StaticCredentials(new AcsCredential(id ?? Key.Id, secret ?? Key.Secret), "test"),
        Endpoints = AcsEndpoints.At(_emulator.Address.ToString()),
        Retry = new RetryPolicy { MaxAttempts = 1 },
    });
}
