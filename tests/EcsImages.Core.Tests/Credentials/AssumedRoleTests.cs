using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Credentials;

public sealed class AssumedRoleTests
{
    // It jumps over nothing: the patience with a renewal would be over before it began.
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_session_is_used_again_and_renewed_before_it_ends()
    {
        var handler = new ScriptedHandler(Session("STS.1", "13:00"), Session("STS.2", "14:00"));
        var role = Role(handler);
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        _clock.Advance(TimeSpan.FromMinutes(44));
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("STS.2", (await role.GetAsync(default)).AccessKeyId);
        Assert.Equal(2, handler.Sent.Count);
    }

    [Fact]
    public async Task A_session_that_cannot_be_renewed_is_used_until_it_really_ends()
    {
        var refusal = Answer.Error(403, "NoPermission");
        var handler = new ScriptedHandler(Session("STS.1", "13:00"), refusal, Answer.Json("{}"), refusal);
        var role = Role(handler);
        await role.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        // A refusal is not asked for again with every call.
        Assert.Equal(2, handler.Sent.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        Assert.Equal(3, handler.Sent.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("NoPermission", (await Assert.ThrowsAsync<AcsException>(async () => await role.GetAsync(default))).Code);
    }

    [Fact]
    public async Task While_one_renews_the_others_go_on_with_the_session_that_lives()
    {
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var role = Role(new ScriptedHandler(Session("STS.1", "13:00"), async (request, stop) =>
        {
            arrived.SetResult();
            await go.Task;
            return await Session("STS.2", "14:00")(request, stop);
        }));
        await role.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(50));
        var renewing = role.GetAsync(default).AsTask();
        await arrived.Task;
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        go.SetResult();
        Assert.Equal("STS.2", (await renewing).AccessKeyId);
        Assert.Equal("STS.2", (await role.GetAsync(default)).AccessKeyId);
    }

    [Fact]
    public async Task A_renewal_that_hangs_costs_ten_seconds_and_not_the_session()
    {
        var arrived = new TaskCompletionSource();
        var role = Role(new ScriptedHandler(Session("STS.1", "13:00"), Answer.Silence(arrived)));
        await role.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(50));
        var renewing = role.GetAsync(default).AsTask();
        await arrived.Task;
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("STS.1", (await renewing).AccessKeyId);
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_the_others_session_not_away()
    {
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var role = Role(new ScriptedHandler(async (request, stop) =>
        {
            arrived.SetResult();
            await go.Task;
            return await Session("STS.1", "13:00")(request, stop);
        }));
        using var impatient = new CancellationTokenSource();
        var first = role.GetAsync(default).AsTask();
        await arrived.Task;
        var second = role.GetAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        go.SetResult();
        Assert.Equal("STS.1", (await first).AccessKeyId);
    }

    [Fact]
    public async Task A_short_session_is_renewed_after_half_its_life()
    {
        var handler = new ScriptedHandler(Session("STS.1", "12:15"), Session("STS.2", "12:30"));
        var role = Role(handler);
        await role.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("STS.2", (await role.GetAsync(default)).AccessKeyId);
    }

    [Fact]
    public async Task A_session_that_has_ended_when_it_comes_speaks_of_the_clock()
    {
        var error = await Assert.ThrowsAsync<CredentialException>(async () => await Role(new ScriptedHandler(Session("STS.1", "11:59"))).GetAsync(default));
        Assert.Equal("InvalidSession", error.Code);
        Assert.Contains("clock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_a_whole_key_is_an_error() =>
        Assert.Equal("InvalidSession", (await Assert.ThrowsAsync<CredentialException>(
            async () => await Role(new ScriptedHandler(Answer.Json("""{"Credentials":{"AccessKeyId":"x"}}"""))).GetAsync(default))).Code);

    [Fact]
    public async Task Many_callers_at_once_assume_the_role_once()
    {
        var arrived = new TaskCompletionSource();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new ScriptedHandler(async (request, stop) =>
        {
            arrived.SetResult();
            await go.Task;
            return await Session("STS.1", "13:00")(request, stop);
        });
        var role = Role(handler);
        var callers = Enumerable.Range(0, 50).Select(_ => role.GetAsync(default).AsTask()).ToArray();
        await arrived.Task;
        go.SetResult();
        Assert.All(await Task.WhenAll(callers), static k => Assert.Equal("STS.1", k.AccessKeyId));
        Assert.Single(handler.Sent);
    }

    private AssumedRoleCredentials Role(ScriptedHandler handler) =>
        new(TestClient.Over(handler, _clock), new AssumedRole("acs:ram::1:role/b", "test"), _clock);

    private static Step Session(string id, string until) => Answer.Json(
        $$$"""{"Credentials":{"AccessKeyId":"{{{id}}}","AccessKeySecret":"s","SecurityToken":"t","Expiration":"2025-06-15T{{{until}}}:00Z"}}""");
}
