using EcsImages.Core.Acs;
using EcsImages.Core.Tests.Support;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Workflows;

public sealed class FollowingTests
{
    // Pauses pass at once; what limits attempts, calls and the wait does not.
    private readonly ManualClock _clock = new() { Jumps = static due => due <= TimeSpan.FromSeconds(20) };
    private readonly List<int?> _progress = [];

    [Fact]
    public async Task Progress_is_reported_until_the_image_is_there()
    {
        var end = await FollowAsync(null, Image("Creating", 10), Image("Creating", 60), Image("Available", 100));
        Assert.Equal("Available", end.Result!.Status);
        Assert.Equal([10, 60, 100], _progress);
        Assert.Equal([TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(375)], _clock.Jumped);
    }

    [Fact]
    public async Task An_image_that_failed_is_an_error()
    {
        var end = await FollowAsync(null, Image("Creating", 10), Image("CreateFailed", 10));
        Assert.Equal("CreateFailed", Assert.IsType<EndedOtherwiseException>(end.Error).Code);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_an_error()
    {
        var none = Answer.Json("""{"TotalCount":0,"Images":{"Image":[]}}""");
        Assert.Equal("InvalidImageId.NotFound", Assert.IsType<EcsNotFoundException>((await FollowAsync(null, none, none, none)).Error).Code);
    }

    [Fact]
    public async Task The_time_to_wait_ends_by_the_clock()
    {
        var start = _clock.GetUtcNow();
        var end = await FollowAsync(TimeSpan.FromSeconds(60), ScriptedHandler.Always(Image("Creating", 10)));
        Assert.Equal("m-1", Assert.IsType<WaitTimedOutException>(end.Error).Id);
        Assert.Equal(TimeSpan.FromSeconds(60), _clock.GetUtcNow() - start);
    }

    [Theory]
    [InlineData("connection")]
    [InlineData("throttling")]
    [InlineData("server")]
    public async Task A_service_that_is_away_for_minutes_does_not_end_the_wait(string fault)
    {
        var (gone, back) = (_clock.GetUtcNow().AddSeconds(2), _clock.GetUtcNow().AddMinutes(8));
        var end = await FollowAsync(TimeSpan.FromHours(2), Away(fault, gone, back));
        Assert.Equal("Available", end.Result!.Status);
        Assert.InRange(_clock.GetUtcNow(), back, back.AddMinutes(1));
    }

    [Fact]
    public async Task A_service_that_stays_away_ends_the_wait_with_what_was_the_matter()
    {
        var start = _clock.GetUtcNow();
        var end = await FollowAsync(TimeSpan.FromHours(2), Away("connection", start.AddSeconds(2), DateTimeOffset.MaxValue));
        Assert.True(Assert.IsType<AcsException>(end.Error).MayPass);
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(14));
    }

    [Fact]
    public async Task The_time_to_wait_ends_also_while_the_service_is_away()
    {
        var start = _clock.GetUtcNow();
        var end = await FollowAsync(TimeSpan.FromSeconds(60), Away("connection", start.AddSeconds(2), DateTimeOffset.MaxValue));
        Assert.IsType<WaitTimedOutException>(end.Error);
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(80));
    }

    [Fact]
    public async Task A_refusal_ends_the_wait_at_once()
    {
        var end = await FollowAsync(null, Image("Creating", 10), Answer.Error(403, "Forbidden.RAM"));
        Assert.Equal("Forbidden.RAM", Assert.IsType<AcsException>(end.Error).Code);
    }

    [Fact]
    public async Task A_host_that_never_answered_is_not_waited_for()
    {
        var start = _clock.GetUtcNow();
        var end = await FollowAsync(null, ScriptedHandler.Always(Answer.Fails(new HttpRequestException(HttpRequestError.NameResolutionError))));
        Assert.Equal(AcsErrorCodes.ConnectionFailed, Assert.IsType<AcsException>(end.Error).Code);
        Assert.InRange(_clock.GetUtcNow() - start, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Who_stops_early_leaves_no_call_behind()
    {
        var other = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        var handler = ScriptedHandler.Always(async (request, stop) =>
        {
            if (request.Parameters["RegionId"] == TestClient.Region)
            {
                await arrived.Task;
                return await Image("Available", 100)(request, stop);
            }
            try
            {
                return await Answer.Silence(arrived)(request, stop);
            }
            finally
            {
                other.SetResult();
            }
        });
        var group = new FollowGroup<EcsImages.Core.Images.EcsImage>(
            [new Followed("m-1", TestClient.Region), new Followed("m-1", "cn-beijing")], FollowKinds.Image(TestClient.Access(handler, _clock)));
        await foreach (var end in new Following(_clock).EndsAsync([group], null, static _ => { }, default)) break;
        Assert.True(other.Task.IsCompletedSuccessfully);
    }

    private Task<FollowEnd<EcsImages.Core.Images.EcsImage>> FollowAsync(TimeSpan? timeout, params Step[] steps) =>
        FollowAsync(timeout, new ScriptedHandler(steps));

    private async Task<FollowEnd<EcsImages.Core.Images.EcsImage>> FollowAsync(TimeSpan? timeout, ScriptedHandler handler)
    {
        var group = new FollowGroup<EcsImages.Core.Images.EcsImage>(
            [new Followed("m-1", TestClient.Region)], FollowKinds.Image(TestClient.Access(handler, _clock)));
        var ends = new List<FollowEnd<EcsImages.Core.Images.EcsImage>>();
        await foreach (var end in new Following(_clock).EndsAsync([group], timeout, p => _progress.Add(p.Percent), default)) ends.Add(end);
        return Assert.Single(ends);
    }

    // The image is Creating before, and Available after.
    private ScriptedHandler Away(string fault, DateTimeOffset gone, DateTimeOffset back) => ScriptedHandler.Always((request, stop) =>
    {
        var now = _clock.GetUtcNow();
        var answer = now < gone ? Image("Creating", 10) : now >= back ? Image("Available", 100) : fault switch
        {
            "connection" => Answer.Fails(new HttpRequestException(HttpRequestError.ConnectionError)),
            "throttling" => Answer.Error(400, "Throttling.User"),
            _ => Answer.Error(503, "ServiceUnavailable"),
        };
        return answer(request, stop);
    });

    private static Step Image(string status, int percent) => Answer.Json(
        $$$"""{"TotalCount":1,"Images":{"Image":[{"ImageId":"m-1","Status":"{{{status}}}","Progress":"{{{percent}}}%"}]}}""");
}
