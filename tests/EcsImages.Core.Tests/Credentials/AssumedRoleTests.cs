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
        _clock.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("STS.2", (await role.GetAsync(default)).AccessKeyId);
        Assert.Equal(2, handler.Sent.Count);
    }

    [Fact]
    public async Task A_session_that_cannot_be_renewed_is_used_until_it_really_ends()
    {
        var refusal = Answer.Error(403, "NoPermission");
        var role = Role(new ScriptedHandler(Session("STS.1", "13:00"), refusal, Answer.Json("{}"), refusal));
        await role.GetAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        Assert.Equal("STS.1", (await role.GetAsync(default)).AccessKeyId);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("NoPermission", (await Assert.ThrowsAsync<AcsException>(async () => await role.GetAsync(default))).Code);
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
