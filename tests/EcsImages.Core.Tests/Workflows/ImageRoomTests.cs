using EcsImages.Core.Tests.Support;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Workflows;

public sealed class ImageRoomTests
{
    private readonly List<string> _notes = [];
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Room_is_asked_for_once_and_counted_down()
    {
        using var handler = new ScriptedHandler(Quota(100, 98));
        var (room, access) = (Room(), TestClient.Access(handler, _clock));
        for (var i = 0; i < 2; i++)
        {
            await room.NeedAsync(access, "cn-hangzhou", CancellationToken.None);
            room.Take(access, "cn-hangzhou");
        }
        var full = await Assert.ThrowsAsync<PreconditionException>(() => room.NeedAsync(access, "cn-hangzhou", CancellationToken.None));
        Assert.Equal("QuotaExceed.Image", full.Code);
        Assert.Contains("There are 100 custom images in cn-hangzhou, and 100 are allowed", full.Message, StringComparison.Ordinal);
        Assert.Contains("Request-EcsImageQuota CustomImage -RegionId cn-hangzhou", full.Message, StringComparison.Ordinal);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task An_image_that_was_not_made_takes_no_room()
    {
        using var handler = new ScriptedHandler(Quota(100, 99));
        var (room, access) = (Room(), TestClient.Access(handler, _clock));
        for (var i = 0; i < 3; i++) await room.NeedAsync(access, "cn-hangzhou", CancellationToken.None);
        Assert.Single(handler.Sent);
    }

    [Fact]
    public async Task Each_region_has_room_of_its_own()
    {
        using var handler = new ScriptedHandler(Quota(100, 100), Quota(100, 0));
        var (room, access) = (Room(), TestClient.Access(handler, _clock));
        await Assert.ThrowsAsync<PreconditionException>(() => room.NeedAsync(access, "cn-hangzhou", CancellationToken.None));
        await room.NeedAsync(access, "cn-beijing", CancellationToken.None);
    }

    [Fact]
    public async Task An_old_refusal_is_asked_for_again_since_images_may_be_gone()
    {
        using var handler = new ScriptedHandler(Quota(100, 100), Quota(100, 90));
        var (room, access) = (Room(), TestClient.Access(handler, _clock));
        await Assert.ThrowsAsync<PreconditionException>(() => room.NeedAsync(access, "cn-hangzhou", CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(11));
        await room.NeedAsync(access, "cn-hangzhou", CancellationToken.None);
    }

    [Theory]
    [InlineData(403, "Forbidden.RAM")]
    [InlineData(400, "QUOTA.NOT.FOUND")]
    [InlineData(404, "InvalidAction.NotFound")]
    public async Task Where_the_quota_cannot_be_read_the_service_judges_and_is_not_asked_again(int status, string code)
    {
        using var handler = new ScriptedHandler(Answer.Error(status, code));
        var (room, access) = (Room(), TestClient.Access(handler, _clock));
        for (var i = 0; i < 2; i++)
        {
            await room.NeedAsync(access, "cn-hangzhou", CancellationToken.None);
            room.Take(access, "cn-hangzhou");
        }
        var note = Assert.Single(_notes);
        Assert.Contains(code, note, StringComparison.Ordinal);
        Assert.Contains("quotas:GetProductQuota", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"RequestId":"R"}""")]
    [InlineData("""{"Quota":{"TotalQuota":100,"TotalUsage":0,"Consumable":false}}""")]
    public async Task A_quota_that_says_nothing_of_its_use_refuses_nothing(string reply)
    {
        using var handler = new ScriptedHandler(Answer.Json(reply));
        await Room().NeedAsync(TestClient.Access(handler, _clock), "cn-hangzhou", CancellationToken.None);
        Assert.Single(_notes);
    }

    [Fact]
    public async Task A_host_without_a_way_to_Quota_Center_waits_five_seconds_and_not_through_all_retries()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = ScriptedHandler.Always(Answer.Silence(arrived));
        var waiting = Room().NeedAsync(TestClient.Access(handler, _clock), "cn-hangzhou", CancellationToken.None);
        await arrived.Task;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await waiting;
        Assert.Contains("5 s", Assert.Single(_notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_while_the_quota_is_read_is_no_skipped_check()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = ScriptedHandler.Always(Answer.Silence(arrived));
        using var stop = new CancellationTokenSource();
        var waiting = Room().NeedAsync(TestClient.Access(handler, _clock), "cn-hangzhou", stop.Token);
        await arrived.Task;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(_notes);
    }

    private ImageRoom Room() => new(_notes.Add);

    private static Step Quota(int total, int used) =>
        Answer.Json($$"""{"Quota":{"TotalQuota":{{total}}.0,"TotalUsage":{{used}}.0,"Consumable":true},"RequestId":"R"}""");
}
