using System.Globalization;
using EcsImages.Emulator.Control;

namespace EcsImages.Emulator.Tests;

/// <summary>--throttle: so many calls a second of an operation with a key.</summary>
public sealed class ThrottleTests
{
    private readonly ManualClock _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void So_many_calls_a_second_go_on_and_the_next_is_told_how_long_to_wait()
    {
        var throttle = new CallThrottle(4, _clock);
        for (var i = 0; i < 4; i++) Assert.Null(throttle.Take("key", "CopyImage"));
        var wait = throttle.Take("key", "CopyImage");
        Assert.Equal(TimeSpan.FromMilliseconds(250), wait);
        _clock.Now += TimeSpan.FromMilliseconds(250);
        Assert.Null(throttle.Take("key", "CopyImage"));
        Assert.NotNull(throttle.Take("key", "CopyImage"));
    }

    [Fact]
    public void Each_key_and_each_operation_counts_for_itself()
    {
        var throttle = new CallThrottle(1, _clock);
        Assert.Null(throttle.Take("key", "CopyImage"));
        Assert.Null(throttle.Take("key", "DescribeImages"));
        Assert.Null(throttle.Take("other", "CopyImage"));
        Assert.NotNull(throttle.Take("key", "CopyImage"));
    }

    [Fact]
    public void Less_than_one_a_second_lets_one_call_go_on_and_then_waits_long()
    {
        var throttle = new CallThrottle(0.1, _clock);
        Assert.Null(throttle.Take("key", "CopyImage"));
        Assert.Equal(TimeSpan.FromSeconds(10), throttle.Take("key", "CopyImage"));
    }

    [Fact]
    public async Task A_throttled_call_comes_back_as_the_service_says_it()
    {
        await using var emulator = await TestEmulator.StartAsync(static o => o with { CallsPerSecond = 1 }, _clock);
        var reply = await RawHttp.SendAsync(emulator.Address, "POST", "/?Action=DescribeRegions", [new("Host", "localhost")], "");
        Assert.DoesNotContain("Throttling", reply.Body, StringComparison.Ordinal);
        reply = await RawHttp.SendAsync(emulator.Address, "POST", "/?Action=DescribeRegions", [new("Host", "localhost")], "");
        Assert.Equal(400, reply.Status);
        Assert.Contains("\"Code\":\"Throttling.User\"", reply.Body, StringComparison.Ordinal);
        Assert.Equal(1000, int.Parse(reply.Header("x-acs-retry-after")!, CultureInfo.InvariantCulture));
    }
}
