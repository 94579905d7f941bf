using System.Diagnostics;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Credentials;

public sealed class MetadataTests
{
    private const string Roles = "/latest/meta-data/ram/security-credentials/";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";

    // It jumps over nothing: a patience would be over before it began.
    private readonly ManualClock _clock = new();

    public static TheoryData<string> NoKeys => new()
    {
        """{"Code":"Failed","AccessKeyId":"STS.1","AccessKeySecret":"s3cret","SecurityToken":"t","Expiration":"2025-06-15T13:00:00Z"}""",
        """{"AccessKeyId":"STS.1","AccessKeySecret":"s3cret","Expiration":"2025-06-15T13:00:00Z"}""",
        """{"AccessKeyId":"STS.1","AccessKeySecret":"s3cret","SecurityToken":"t","Expiration":"soon"}""",
        """{"AccessKeySecret":"s3cret" oops""",
        "null",
        "",
    };

    [Fact]
    public async Task A_token_comes_first_then_the_role_then_its_key()
    {
        var handler = new ScriptedHandler(Answer.Json("tok"), Answer.Json("builder"), Session("STS.1", "13:00"));
        var key = await Role(handler).GetAsync(default);
        Assert.Equal(("STS.1", "secret", "session"), (key.AccessKeyId, key.AccessKeySecret, key.SecurityToken));
        Assert.Equal(["PUT /latest/api/token", $"GET {Roles}", $"GET {Roles}builder"], handler.Sent.Select(static s => $"{s.Method} {s.Uri.AbsolutePath}"));
        Assert.Equal("21600", handler.Sent[0]["X-aliyun-ecs-metadata-token-ttl-seconds"]);
        Assert.All(handler.Sent.Skip(1), static s => Assert.Equal("tok", s[TokenHeader]));
    }

    [Fact]
    public async Task A_role_that_is_named_is_not_asked_for()
    {
        var handler = new ScriptedHandler(Answer.Json("tok"), Session("STS.1", "13:00"));
        await Role(handler, "a b").GetAsync(default);
        Assert.Equal($"{Roles}a%20b", handler.Sent[1].Uri.AbsolutePath);
    }

    [Fact]
    public async Task A_service_without_tokens_is_asked_without_one()
    {
        var handler = new ScriptedHandler(Answer.Json("", 404), Answer.Json("builder"), Session("STS.1", "13:00"));
        Assert.Equal("STS.1", (await Role(handler).GetAsync(default)).AccessKeyId);
        Assert.All(handler.Sent.Skip(1), static s => Assert.False(s.Headers.ContainsKey(TokenHeader)));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_asked_where_that_is_forbidden()
    {
        var handler = new ScriptedHandler(Answer.Json("", 404));
        var error = await FailAsync(Role(handler, variables: (CredentialVariables.OpenMetadataDisabled, "true")));
        Assert.Equal("MetadataRefused", error.Code);
        Assert.Contains(CredentialVariables.OpenMetadataDisabled, error.Message, StringComparison.Ordinal);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_asked_once()
    {
        var handler = new ScriptedHandler(Answer.Fails(new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")));
        Assert.Equal("MetadataUnreachable", (await FailAsync(Role(handler))).Code);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task A_connection_that_takes_too_long_means_that_nobody_is_there()
    {
        var handler = new ScriptedHandler(Answer.Fails(new TaskCanceledException("The handler gave up.", new TimeoutException())));
        Assert.Equal("MetadataUnreachable", (await FailAsync(Role(handler))).Code);
    }

    [Fact]
    public async Task An_address_that_swallows_connections_costs_a_second_in_all()
    {
        var connections = 0;
        using var handler = NearbyService.CreateHandler();
        handler.ConnectCallback = async (_, stop) =>
        {
            Interlocked.Increment(ref connections);
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException("Nobody gave up.");
        };
        // The handler's limit is of real time: this is the second that it costs.
        var machine = new TestSurroundings { NearbyHandler = handler };
        var started = Stopwatch.GetTimestamp();
        Assert.Equal("MetadataUnreachable", (await FailAsync(new EcsRoleCredentials(MetadataService.In(machine.Around), null, _clock))).Code);
        Assert.Equal(1, connections);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_token_that_does_not_come_in_time_is_done_without()
    {
        var arrived = new TaskCompletionSource();
        var handler = new ScriptedHandler(Answer.Silence(arrived), Answer.Json("builder"), Session("STS.1", "13:00"));
        var asking = Role(handler).GetAsync(default).AsTask();
        await arrived.Task;
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("STS.1", (await asking).AccessKeyId);
    }

    [Fact]
    public async Task Who_stops_asking_is_not_told_of_a_service_that_is_not_there()
    {
        var arrived = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var asking = Role(new ScriptedHandler(Answer.Silence(arrived))).GetAsync(stop.Token).AsTask();
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("no such page", 404)]
    public async Task An_instance_without_a_role_says_so(string body, int status) =>
        Assert.Equal("NoInstanceRole", (await FailAsync(Role(new ScriptedHandler(Answer.Json("tok"), Answer.Json(body, status))))).Code);

    [Fact]
    public async Task A_role_that_the_instance_does_not_have_is_named()
    {
        var error = await FailAsync(Role(new ScriptedHandler(Answer.Json("tok"), Answer.Json("", 404)), "other"));
        Assert.Equal("NoInstanceRole", error.Code);
        Assert.Contains("'other'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoKeys))]
    public async Task An_answer_that_is_no_key_is_an_error_that_does_not_quote_it(string body)
    {
        var error = await FailAsync(Role(new ScriptedHandler(Answer.Json("tok"), Answer.Json(body)), "builder"));
        Assert.Equal("InvalidSession", error.Code);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        var error = await FailAsync(Role(new ScriptedHandler(Answer.Json("tok"), Answer.Json(new string('x', 70_000))), "builder"));
        Assert.Equal("MetadataRefused", error.Code);
        Assert.Contains("longer than 65536 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_is_asked_for_again_at_each_renewal()
    {
        var handler = new ScriptedHandler(
            Answer.Json("tok"), Answer.Json("old"), Session("STS.1", "13:00"),
            Answer.Json("tok2"), Answer.Json("new"), Session("STS.2", "14:00"));
        var role = Role(handler);
        await role.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(46));
        Assert.Equal("STS.2", (await role.GetAsync(default)).AccessKeyId);
        Assert.Equal((Roles + "new", "tok2"), (handler.Sent[5].Uri.AbsolutePath, handler.Sent[5][TokenHeader]));
    }

    private EcsRoleCredentials Role(ScriptedHandler handler, string? role = null, params (string Name, string Value)[] variables)
    {
        var machine = new TestSurroundings { NearbyHandler = handler, Clock = _clock };
        foreach (var (name, value) in variables) machine.Variables[name] = value;
        return new EcsRoleCredentials(MetadataService.In(machine.Around), role, _clock);
    }

    private static Task<CredentialException> FailAsync(EcsRoleCredentials role) => Assert.ThrowsAsync<CredentialException>(async () => await role.GetAsync(default));

    private static Step Session(string id, string until) => Answer.Json(
        $$"""{"Code":"Success","AccessKeyId":"{{id}}","AccessKeySecret":"secret","SecurityToken":"session","Expiration":"2025-06-15T{{until}}:00Z","LastUpdated":"2025-06-15T12:00:00Z"}""");
}
