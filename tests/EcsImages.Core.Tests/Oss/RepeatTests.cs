using System.Globalization;
using System.Net;
using EcsImages.Core.Acs;
using EcsImages.Core.Oss;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Oss;

public sealed class RepeatTests
{
    private static readonly OssRequest Head = new("HeadObject", HttpMethod.Head, "cn-hangzhou", "bucket", "key");

    [Theory]
    [InlineData(503, "QpsLimitExceeded", true)]
    [InlineData(500, "InternalError", true)]
    [InlineData(400, "RequestTimeout", true)]
    [InlineData(400, "BadDigest", true)]
    [InlineData(400, "IncompleteBody", true)]
    [InlineData(429, "TooMany", true)]
    [InlineData(403, "AccessDenied", false)]
    [InlineData(404, "NoSuchUpload", false)]
    [InlineData(412, "PreconditionFailed", false)]
    [InlineData(403, "SecurityTokenExpired", false)]
    public async Task What_may_pass_is_sent_again(int status, string code, bool isRepeated)
    {
        var wire = new OssWire((number, _, _) => Task.FromResult(number == 1 ? OssWire.Refusal(status, code) : new HttpResponseMessage(HttpStatusCode.OK)));
        if (isRepeated) await wire.Client.SendAsync(Head, CancellationToken.None);
        else Assert.Equal(code, (await Assert.ThrowsAsync<AcsException>(() => wire.Client.SendAsync(Head, CancellationToken.None))).Code);
        Assert.Equal(isRepeated ? 2 : 1, wire.Sent);
    }

    [Fact]
    public async Task Bytes_that_arrive_damaged_three_times_are_not_sent_a_fourth_time()
    {
        var wire = new OssWire((_, _, _) => Task.FromResult(OssWire.Refusal(400, "BadDigest")), attempts: 8);
        Assert.Equal("BadDigest", (await Assert.ThrowsAsync<AcsException>(() => wire.Client.SendAsync(Head, CancellationToken.None))).Code);
        Assert.Equal(3, wire.Sent);
    }

    [Fact]
    public async Task A_network_that_is_away_for_half_a_minute_costs_half_a_minute()
    {
        OssWire wire = null!;
        var back = DateTimeOffset.MinValue;
        wire = new OssWire((_, _, _) => wire.Clock.GetUtcNow() < back
            ? Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.ConnectionError)) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)), attempts: 100);
        await wire.Client.SendAsync(Head, CancellationToken.None);
        back = wire.Clock.GetUtcNow().AddSeconds(30);
        await wire.Client.SendAsync(Head, CancellationToken.None);
        Assert.InRange(wire.Clock.GetUtcNow(), back, back.AddSeconds(20));
    }

    [Fact]
    public async Task A_network_that_stays_away_is_an_error_after_some_minutes_and_a_host_that_never_was_one_after_seconds()
    {
        var isAway = false;
        var wire = new OssWire((_, _, _) => isAway ? Task.FromException<HttpResponseMessage>(new HttpRequestException(HttpRequestError.NameResolutionError)) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)), attempts: 100);
        await wire.Client.SendAsync(Head, CancellationToken.None);
        isAway = true;
        var start = wire.Clock.GetUtcNow();
        await Assert.ThrowsAsync<AcsException>(() => wire.Client.SendAsync(Head, CancellationToken.None));
        Assert.InRange(wire.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(150), TimeSpan.FromSeconds(180));
        start = wire.Clock.GetUtcNow();
        await Assert.ThrowsAsync<AcsException>(() => wire.Client.SendAsync(Head with { Bucket = "another" }, CancellationToken.None));
        Assert.InRange(wire.Clock.GetUtcNow() - start, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("SecurityTokenExpired")]
    [InlineData("InvalidAccessKeyId")]
    public async Task A_session_that_ends_under_way_is_followed_by_the_next(string code)
    {
        var keys = new Keys();
        var wire = new OssWire((_, request, _) => Task.FromResult(
            request.Headers.GetValues("Authorization").Single().Contains("LTAIfirst", StringComparison.Ordinal) ? OssWire.Refusal(403, code) : new HttpResponseMessage(HttpStatusCode.OK)), keys);
        await wire.Client.SendAsync(Head, CancellationToken.None);
        Assert.Equal(2, wire.Sent);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(2)]
    public async Task A_clock_that_is_hours_off_is_set_by_the_service(int hours)
    {
        OssWire wire = null!;
        wire = new OssWire((_, request, _) =>
        {
            var now = wire.Clock.GetUtcNow().AddHours(hours);
            var signed = DateTimeOffset.ParseExact(request.Headers.GetValues("x-oss-date").Single(), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            return Task.FromResult((now - signed).Duration() < TimeSpan.FromMinutes(15) ? new HttpResponseMessage(HttpStatusCode.OK)
                : OssWire.Refusal(403, "RequestTimeTooSkewed", ("Date", now.ToString("r", CultureInfo.InvariantCulture))));
        }, attempts: 8);
        // Several at once hear of it at the same time.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => wire.Client.SendAsync(Head, CancellationToken.None)));
        var sent = wire.Sent;
        await wire.Client.SendAsync(Head, CancellationToken.None);
        Assert.Equal(sent + 1, wire.Sent);
    }

    [Fact]
    public async Task A_service_that_contradicts_itself_about_the_time_is_not_asked_forever()
    {
        OssWire wire = null!;
        wire = new OssWire((_, _, _) => Task.FromResult(OssWire.Refusal(403, "RequestTimeTooSkewed", ("Date", wire.Clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture)))), attempts: 8);
        Assert.Equal("RequestTimeTooSkewed", (await Assert.ThrowsAsync<AcsException>(() => wire.Client.SendAsync(Head, CancellationToken.None))).Code);
        Assert.Equal(1, wire.Sent);
    }

    [Fact]
    public async Task An_answer_without_a_length_is_no_empty_object()
    {
        var wire = new OssWire((_, _, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Core.Disks.ForwardStream(static (_, _, _) => new(0))) }));
        var error = await Assert.ThrowsAsync<AcsException>(() => wire.Client.FindObjectAsync("cn-hangzhou", "bucket", "key", CancellationToken.None));
        Assert.Equal(AcsErrorCodes.ReplyUnreadable, error.Code);
    }

    [Fact]
    public async Task Objects_travel_by_the_transport_that_unpacks_nothing()
    {
        var objects = new OssWire((_, _, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)));
        using var http = new HttpMessageInvoker(objects);
        var calls = new ScriptedHandler();
        var client = new AcsClient(new HttpMessageInvoker(calls), new AcsClientOptions { Credentials = new Keys(), Objects = http });
        await client.Oss.SendAsync(Head, CancellationToken.None);
        Assert.Equal((1, 0), (objects.Sent, calls.Sent.Count));
    }

    // Another key each time that one is asked for.
    private sealed class Keys : ICredentialSource
    {
        private int _asked;

        public string Description => "keys of a test";

        public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => new(new AcsCredential(Interlocked.Increment(ref _asked) == 1 ? "LTAIfirst" : "LTAIsecond", "secret"));
    }
}
