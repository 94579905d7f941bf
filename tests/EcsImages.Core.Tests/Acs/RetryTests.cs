using System.Net.Sockets;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Tests.Support;
using static EcsImages.Core.Tests.Support.TestClient;

namespace EcsImages.Core.Tests.Acs;

public sealed class RetryTests
{
    private static readonly Step Success = Answer.Json("""{"RequestId":"R"}""");

    private static AcsOperation<DeleteImageRequest, AcsReply> Operation(Repeat repeat) => EcsApi.DeleteImage with { Repeat = repeat };

    public static TheoryData<Repeat, string> MayRepeat
    {
        get
        {
            var data = new TheoryData<Repeat, string>();
            foreach (var repeat in Enum.GetValues<Repeat>())
                foreach (var fault in new[] { "500", "502 html", "503", "reset", "cut", "connect", "garbage" })
                    data.Add(repeat, fault);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(MayRepeat))]
    public async Task What_may_have_happened_is_sent_again_unless_it_must_not_happen_twice(Repeat repeat, string fault)
    {
        var handler = new ScriptedHandler(Fault(fault), Success);
        var call = Over(handler).CallAsync(Operation(repeat), Region, new() { RegionId = Region, ImageId = "m-1" }, default);
        if (repeat is Repeat.Never)
        {
            var error = await Assert.ThrowsAsync<AcsException>(() => call);
            Assert.Equal(1, error.Attempts);
            Assert.Single(handler.Sent);
        }
        else
        {
            Assert.Equal("R", (await call).RequestId);
            Assert.Equal(2, handler.Sent.Count);
        }
    }

    [Theory]
    [InlineData(Repeat.Read)]
    [InlineData(Repeat.Never)]
    public async Task Throttling_is_repeated_after_as_many_milliseconds_as_the_service_asks(Repeat repeat)
    {
        var clock = Clock();
        var handler = new ScriptedHandler(
            Answer.Error(400, "Throttling.User", "Slow.", ("x-acs-retry-after", "1234")), Answer.Error(429, "Throttling"), Answer.Error(503, "Throttling.Api"), Success);
        await Over(handler, clock).CallAsync(Operation(repeat), Region, new() { RegionId = Region, ImageId = "m-1" }, default);

        Assert.Equal([TimeSpan.FromMilliseconds(1234), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400)], clock.Jumped);
    }

    [Theory]
    [InlineData(400, "InvalidParameter")]
    [InlineData(403, "Forbidden.RAM")]
    [InlineData(404, "InvalidImageId.NotFound")]
    [InlineData(403, "QuotaExceed.Image")]
    public async Task A_refusal_is_final(int status, string code)
    {
        var error = await Assert.ThrowsAsync<AcsException>(() => Over(new ScriptedHandler(Answer.Error(status, code, "Because."))).CallAsync(
            Operation(Repeat.Read), Region, new() { RegionId = Region, ImageId = "m-1" }, default));
        Assert.Equal((code, (int?)status, "R-" + code, "Because.", 1), (error.Code, error.HttpStatus, error.RequestId, error.Message, error.Attempts));
        Assert.Equal(("DeleteImage", "ecs:DeleteImage", Region), (error.Operation, error.Action, error.RegionId));
    }

    [Fact]
    public async Task Each_attempt_has_the_same_token_and_a_new_nonce_date_and_signature()
    {
        var handler = new ScriptedHandler(Answer.Error(500, "InternalError"), Answer.Error(400, "Throttling", "Slow.", ("x-acs-retry-after", "3000")), Answer.Json("""{"ImageId":"m-2"}"""));
        var reply = await Over(handler).CallAsync(EcsApi.CopyImage, Region, new() { RegionId = Region, ImageId = "m-1", ClientToken = "token-1" }, default);

        Assert.Equal("m-2", reply.ImageId);
        Assert.Equal(["token-1", "token-1", "token-1"], handler.Sent.Select(static s => s.Parameters["ClientToken"]));
        Assert.Equal(3, handler.Sent.Select(static s => s["x-acs-signature-nonce"]).Distinct().Count());
        Assert.Equal(3, handler.Sent.Select(static s => s.Signature).Distinct().Count());
        Assert.Equal("2025-06-15T12:00:00Z", handler.Sent[0]["x-acs-date"]);
        Assert.Equal("2025-06-15T12:00:03Z", handler.Sent[2]["x-acs-date"]);
        Assert.All(handler.Sent, static s => Assert.Equal(s.ExpectedSignature(Key.AccessKeySecret), s.Signature));
    }

    [Theory]
    [InlineData("503")]
    [InlineData("reset")]
    [InlineData("throttling")]
    public async Task What_fails_at_once_is_tried_until_the_time_is_over_and_the_error_is_the_last_one(string fault)
    {
        var clock = Clock();
        var start = clock.GetUtcNow();
        var handler = ScriptedHandler.Always(fault == "throttling" ? Answer.Error(400, "Throttling.User") : Fault(fault));
        var error = await Assert.ThrowsAsync<AcsException>(() => ListAsync(handler, clock, default));
        Assert.Equal(fault switch { "503" => "ServiceUnavailable", "reset" => AcsErrorCodes.ConnectionFailed, _ => "Throttling.User" }, error.Code);
        Assert.InRange(clock.GetUtcNow() - start, Total - TimeSpan.FromSeconds(20), Total);
        Assert.Equal(handler.Sent.Count, error.Attempts);
        Assert.All(clock.Jumped, static pause => Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    public async Task A_network_that_is_away_for_half_a_minute_costs_half_a_minute(HttpRequestError away)
    {
        var clock = Clock();
        DateTimeOffset? back = null;
        var handler = ScriptedHandler.Always((request, stop) =>
            (back > clock.GetUtcNow() ? Answer.Fails(new HttpRequestException(away)) : Success)(request, stop));
        var client = Over(handler, clock);
        await client.CallAsync(EcsApi.DescribeImages, Region, new() { RegionId = Region }, default);
        var start = clock.GetUtcNow();
        back = start + TimeSpan.FromSeconds(30);
        await client.CallAsync(EcsApi.DescribeImages, Region, new() { RegionId = Region }, default);
        Assert.InRange(clock.GetUtcNow() - start, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(50));
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public async Task A_host_that_never_answered_is_given_up_within_seconds(HttpRequestError away)
    {
        var clock = Clock();
        var start = clock.GetUtcNow();
        var error = await Assert.ThrowsAsync<AcsException>(() => ListAsync(ScriptedHandler.Always(Answer.Fails(new HttpRequestException(away))), clock, default));
        Assert.Equal(AcsErrorCodes.ConnectionFailed, error.Code);
        Assert.InRange(error.Attempts, 2, 10);
        Assert.InRange(clock.GetUtcNow() - start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_emulator_on_this_machine_that_was_ended_is_given_up_within_seconds()
    {
        var clock = Clock();
        var sent = 0;
        var handler = ScriptedHandler.Always((request, stop) =>
            (Interlocked.Increment(ref sent) == 1 ? Success : Answer.Fails(new HttpRequestException(HttpRequestError.ConnectionError)))(request, stop));
        var client = Over(handler, clock, endpoints: AcsEndpoints.At("http://127.0.0.1:8801"));
        await client.CallAsync(EcsApi.DescribeImages, Region, new() { RegionId = Region }, default);
        var start = clock.GetUtcNow();
        await Assert.ThrowsAsync<AcsException>(() => client.CallAsync(EcsApi.DescribeImages, Region, new() { RegionId = Region }, default));
        Assert.InRange(clock.GetUtcNow() - start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_pause_that_outlasts_the_time_is_not_waited_out()
    {
        var clock = Clock();
        var start = clock.GetUtcNow();
        var handler = ScriptedHandler.Always(Answer.Error(400, "Throttling", "Slow.", ("x-acs-retry-after", "100000")));
        var error = await Assert.ThrowsAsync<AcsException>(() => ListAsync(handler, clock, default));
        Assert.Equal(("Throttling", "Slow.", 2), (error.Code, error.Message, handler.Sent.Count));
        Assert.Equal(TimeSpan.FromSeconds(100), clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_service_that_asks_for_no_pauses_is_not_asked_without_end()
    {
        var handler = ScriptedHandler.Always(Answer.Error(400, "Throttling", "Slow.", ("x-acs-retry-after", "0")));
        await Assert.ThrowsAsync<AcsException>(() => ListAsync(handler, Clock(), default));
        Assert.Equal(100, handler.Sent.Count);
    }

    [Fact]
    public async Task A_success_that_makes_no_sense_is_asked_for_a_few_times_only()
    {
        var handler = ScriptedHandler.Always(Answer.Json("<html>Log in first</html>"));
        var error = await Assert.ThrowsAsync<AcsException>(() => ListAsync(handler, Clock(), default));
        Assert.Equal((AcsErrorCodes.ReplyUnreadable, 8), (error.Code, handler.Sent.Count));
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_given_up_and_sent_again()
    {
        var clock = Clock();
        var arrived = new TaskCompletionSource();
        var handler = new ScriptedHandler(Answer.Silence(arrived), Answer.Json("{}"));
        var call = ListAsync(handler, clock, default);
        await arrived.Task;
        clock.Advance(Attempt);
        await call;
        Assert.Equal(2, handler.Sent.Count);
    }

    [Fact]
    public async Task Silence_until_the_total_time_is_over_is_told_as_such()
    {
        var clock = Clock();
        var arrived = new TaskCompletionSource();
        var call = ListAsync(new ScriptedHandler(Answer.Silence(arrived)), clock, default);
        await arrived.Task;
        clock.Advance(Total);
        var error = await Assert.ThrowsAsync<AcsException>(() => call);
        Assert.Equal(AcsErrorCodes.CallTimedOut, error.Code);
    }

    [Fact]
    public async Task Ctrl_C_stays_a_cancellation_during_a_request()
    {
        var arrived = new TaskCompletionSource();
        using var stop = new CancellationTokenSource();
        var call = ListAsync(new ScriptedHandler(Answer.Silence(arrived)), Clock(), stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Ctrl_C_stays_a_cancellation_during_a_pause()
    {
        using var stop = new CancellationTokenSource();
        var clock = new ManualClock();
        var log = new StoppingLog(stop);
        var client = Over(ScriptedHandler.Always(Answer.Error(503, "ServiceUnavailable")), clock).LoggingTo(log);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.CallAsync(EcsApi.DescribeImages, Region, new() { RegionId = Region }, stop.Token));
    }

    private static Task<DescribeImagesReply> ListAsync(ScriptedHandler handler, ManualClock clock, CancellationToken stop) =>
        Over(handler, clock).CallAsync(EcsApi.DescribeImages, Region, new() { RegionId = Region }, stop);

    private static Step Fault(string name) => name switch
    {
        "500" => Answer.Error(500, "InternalError"),
        "502 html" => Answer.Json("<html>Bad Gateway</html>", 502),
        "503" => Answer.Error(503, "ServiceUnavailable"),
        "reset" => Answer.Fails(new HttpRequestException("reset", new IOException("reset", new SocketException((int)SocketError.ConnectionReset)))),
        "cut" => Answer.Json("{\"RequestId\":", 200, ("Content-Length", "9999")),
        // So ends a SocketsHttpHandler at its ConnectTimeout: a cancellation that no token of ours asked for.
        "connect" => Answer.Fails(new TaskCanceledException("timeout", new TimeoutException("no connection"))),
        "garbage" => Answer.Json("nonsense"),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private sealed class StoppingLog(CancellationTokenSource stop) : ICallLog
    {
        public void Sending(string operation, string regionId, string parameters)
        {
        }

        public void Answered(string operation, string regionId, TimeSpan duration, int? httpStatus, string? code, string? requestId)
        {
        }

        public void Retrying(string operation, string regionId, int attempt, TimeSpan delay, string reason) => stop.Cancel();
    }
}
