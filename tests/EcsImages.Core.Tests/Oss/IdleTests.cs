using System.Net;
using EcsImages.Core.Acs;
using EcsImages.Core.Disks;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Tests.Oss;

/// <summary>An hour may pass as long as something moves within each minute.</summary>
public sealed class IdleTests
{
    private static readonly TimeSpan Nearly = TimeSpan.FromSeconds(59), Over = TimeSpan.FromSeconds(61);
    private static readonly OssRequest Get = new("GetObject", HttpMethod.Get, "cn-hangzhou", "bucket", "key");

    [Fact]
    public async Task An_answer_that_comes_slowly_is_waited_for()
    {
        OssWire wire = null!;
        wire = new OssWire((_, _, _) => Task.FromResult(Answer(Slow(60, () => wire.Clock.Advance(Nearly)))));
        var started = wire.Clock.GetUtcNow();
        Assert.Equal(60, (await wire.Client.SendAsync(Get, CancellationToken.None)).Body.Length);
        Assert.Equal(1, wire.Sent);
        Assert.True(wire.Clock.GetUtcNow() - started > TimeSpan.FromMinutes(55));
    }

    [Fact]
    public async Task A_body_that_is_taken_slowly_is_sent_to_its_end()
    {
        OssWire wire = null!;
        wire = new OssWire(async (_, request, stop) =>
        {
            var body = await request.Content!.ReadAsStreamAsync(stop);
            var buffer = new byte[100_000];
            while (await body.ReadAsync(buffer, stop) > 0) wire.Clock.Advance(Nearly);
            return Answer(Stream.Null);
        });
        await wire.Client.PutObjectAsync("cn-hangzhou", "bucket", "key", new byte[3_000_000], CancellationToken.None);
        Assert.Equal(1, wire.Sent);
    }

    [Fact]
    public async Task An_answer_that_stops_coming_is_asked_for_again_and_then_given_up()
    {
        OssWire wire = null!;
        wire = new OssWire((_, _, _) => Task.FromResult(Answer(Slow(60, () => wire.Clock.Advance(Nearly), stopsAt: 30, () => wire.Clock.Advance(Over)))));
        var error = await Assert.ThrowsAsync<AcsException>(() => wire.Client.SendAsync(Get, CancellationToken.None));
        Assert.Equal((AcsErrorCodes.ConnectionFailed, 2, 2), (error.Code, error.Attempts, wire.Sent));
        Assert.Contains("Nothing moved between here and bucket.oss-cn-hangzhou.aliyuncs.com for 60 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_hears_a_cancellation_and_no_error()
    {
        using var stop = new CancellationTokenSource();
        OssWire wire = null!;
        wire = new OssWire((_, _, _) => Task.FromResult(Answer(Slow(60, static () => { }, stopsAt: 3, stop.Cancel))));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wire.Client.SendAsync(Get, stop.Token));
        Assert.Equal(1, wire.Sent);
    }

    private static HttpResponseMessage Answer(Stream body) => new(HttpStatusCode.OK) { Content = new StreamContent(body) };

    // A byte at a time; before each of them something happens. Where it stops, nothing comes until the reader gives up.
    private static ForwardStream Slow(int length, Action before, int stopsAt = -1, Action? atStop = null) => new(async (at, buffer, stop) =>
    {
        if (at == length) return 0;
        if (at == stopsAt)
        {
            atStop!();
            await Task.Delay(Timeout.Infinite, stop);
        }
        before();
        buffer.Span[0] = 1;
        return 1;
    });
}
