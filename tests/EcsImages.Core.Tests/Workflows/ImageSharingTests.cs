using EcsImages.Core.Acs;
using EcsImages.Core.Tests.Support;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Workflows;

public sealed class ImageSharingTests
{
    private static readonly string[] Accounts = [.. Enumerable.Range(0, 25).Select(static i => $"12345678901234{i:00}")];

    [Theory]
    [InlineData(true, "AddAccount")]
    [InlineData(false, "RemoveAccount")]
    public async Task A_dry_run_checks_the_accounts_of_every_call_and_then_says_that_it_passed(bool add, string parameter)
    {
        var handler = ScriptedHandler.Always(Answer.Error(400, "DryRunOperation"));
        var passed = await Assert.ThrowsAsync<AcsException>(() => ShareAsync(handler, add, dryRun: true));
        Assert.Equal("DryRunOperation", passed.Code);
        Assert.Equal(Accounts, handler.Sent.SelectMany(static s => s.Pairs).Where(p => p.Key.StartsWith(parameter, StringComparison.Ordinal)).Select(static p => p.Value).Order(StringComparer.Ordinal));
        Assert.Equal(3, handler.Sent.Count);
    }

    [Fact]
    public async Task A_dry_run_whose_last_accounts_are_refused_is_refused()
    {
        var handler = new ScriptedHandler(Answer.Error(400, "DryRunOperation"), Answer.Error(400, "DryRunOperation"), Answer.Error(404, "InvalidAccount.NotFound"));
        Assert.Equal("InvalidAccount.NotFound", (await Assert.ThrowsAsync<AcsException>(() => ShareAsync(handler, add: true, dryRun: true))).Code);
    }

    [Fact]
    public async Task What_only_a_dry_run_passes_with_ends_a_change()
    {
        var handler = new ScriptedHandler(Answer.Error(400, "DryRunOperation"));
        await Assert.ThrowsAsync<AcsException>(() => ShareAsync(handler, add: true, dryRun: false));
    }

    private static Task ShareAsync(ScriptedHandler handler, bool add, bool dryRun) =>
        new ImageChanges(TestClient.Access(handler)).ShareAsync("m-1", TestClient.Region, Accounts, add, dryRun, default);
}
