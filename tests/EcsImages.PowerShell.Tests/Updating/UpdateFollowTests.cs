using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Updating;

public sealed class UpdateFollowTests(SharedShell shared) : IClassFixture<SharedShell>
{
    // What is to be seen under way stays so.
    private const string Slow = "$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.001";
    private const string Fast = "$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TestShell _shell = shared.Shell;

    [Theory]
    [InlineData("Get-EcsImageUpdate $done.ExecutionId")]
    [InlineData("$done | Get-EcsImageUpdate")]
    [InlineData("$done.ExecutionId | Get-EcsImageUpdate -AllRegion")]
    [InlineData("$done | Get-EcsImage | Get-EcsImageUpdate")]
    [InlineData("Get-EcsImageUpdate -Status success | Where-Object ImageName -eq $done.ImageName")]
    [InlineData("[pscustomobject]@{ ExecutionId = $done.ExecutionId; RegionId = 'cn-hangzhou' } | Get-EcsImageUpdate -Status Success")]
    [InlineData("Get-EcsImageUpdate | Wait-EcsImageUpdate -ErrorAction SilentlyContinue | Where-Object ExecutionId -eq $done.ExecutionId")]
    public void An_update_is_found_by_whatever_stands_for_it(string script)
    {
        _shell.Run("if (-not $done) { $done = $image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name followed -Wait }");
        Assert.Equal(_shell.Text("$done.ExecutionId"), (string)Assert.Single(_shell.Run(script)).ExecutionId);
    }

    [Fact]
    public void An_update_that_is_stopped_is_Cancelled_and_leaves_no_instance_and_no_image()
    {
        _shell.Run($"{Slow}; $update = $image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name unwanted; {Fast}");
        Assert.Equal("Started", _shell.Text("$update.Status"));
        var said = _shell.Host.Lines.Count;
        Assert.Empty(_shell.Run("$update | Stop-EcsImageUpdate -WhatIf"));
        Assert.Contains(_shell.Text("$update.ExecutionId"), Assert.Single(_shell.Host.Lines.Skip(said)), StringComparison.Ordinal);
        Assert.Equal("Started", _shell.Text("($update | Get-EcsImageUpdate).Status"));
        Assert.Equal(_shell.Text("$update.ExecutionId"), (string)Assert.Single(_shell.Run("$update | Stop-EcsImageUpdate -Confirm:$false")).ExecutionId);
        var error = _shell.Error("$update | Wait-EcsImageUpdate");
        Assert.Equal(("ImageUpdateCancelled", ErrorCategory.InvalidResult), (error.Code(), error.CategoryInfo.Category));
        Assert.Equal("ImageUpdateEnded", _shell.Error("$update | Stop-EcsImageUpdate -Confirm:$false").Code());
        Assert.Empty(_shell.Run("Get-EcsImage -Name unwanted"));
        Assert.Equal(_shell.Text("$instance.InstanceId"), _shell.Text("(Get-EcsInstance).InstanceId"));
    }

    [Fact]
    public void A_wait_that_is_over_names_the_cmdlet_that_picks_it_up_and_another_shell_does()
    {
        _shell.Run($"$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.05");
        var error = _shell.Error("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name late -Wait -TimeoutSec 1");
        _shell.Run(Fast);
        Assert.Equal(("WaitTimedOut", ErrorCategory.OperationTimeout), (error.Code(), error.CategoryInfo.Category));
        var id = (string)error.TargetObject;
        Assert.Contains($"Wait-EcsImageUpdate {id} -RegionId cn-hangzhou", error.Advice(), StringComparison.Ordinal);
        using var other = new TestShell(connect: false);
        other.Run($"$null = Connect-EcsAccount -Local -Path '{_shell.Folder}' -Account us -RegionId cn-beijing -Speed 10000");
        Assert.Equal("late Success", other.Text($"Wait-EcsImageUpdate {id} -RegionId cn-hangzhou | ForEach-Object {{ \"$($_.ImageName) $($_.Status)\" }}"));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_waiting_and_not_the_update()
    {
        _shell.Run(Slow);
        using (var ps = System.Management.Automation.PowerShell.Create(_shell.Runspace))
        {
            ps.AddScript("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name left-alone -Wait");
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ps.Streams.Progress.DataAdded += (_, _) => waiting.TrySetResult();
            var running = Task.Run(() => ps.Invoke());
            await waiting.Task.WaitAsync(Limit);
            await Task.Run(ps.Stop).WaitAsync(Limit);
            Assert.Empty(await running);
        }
        _shell.Run(Fast);
        Assert.Contains(_shell.Host.Lines, static l => l.Contains("Wait-EcsImageUpdate exec-", StringComparison.Ordinal));
        var left = _shell.Run("$left = Get-EcsImageUpdate -Status Started, Running | Where-Object ImageName -eq left-alone; $left")[0];
        Assert.Equal("Started", (string)left.Status);
        _shell.Run("$null = $left | Stop-EcsImageUpdate -Confirm:$false");
    }

    [Theory]
    [InlineData("Get-EcsImageUpdate")]
    [InlineData("Wait-EcsImageUpdate")]
    [InlineData("Stop-EcsImageUpdate -Confirm:$false")]
    public void An_id_that_is_not_there_is_an_error_that_says_where_to_look(string cmdlet)
    {
        var error = _shell.Error($"'exec-missing' | {cmdlet}");
        Assert.Equal(("EntityNotExists.Execution", ErrorCategory.ObjectNotFound, "exec-missing"), (error.Code(), error.CategoryInfo.Category, (string)error.TargetObject));
        Assert.Contains("Get-EcsImageUpdate -AllRegion", error.Advice(), StringComparison.Ordinal);
        Assert.Equal("InvalidId", _shell.Error($"{cmdlet} -ExecutionId 'exec-*'").Code());
    }

    [Fact]
    public void Tab_offers_updates_states_and_types_of_commands()
    {
        _shell.Run("if (-not $done) { $done = $image | Update-EcsImage -Command x -InstanceType ecs.g7.large -Name followed -Wait }");
        Assert.Contains(_shell.Text("$done.ExecutionId"), Complete("Wait-EcsImageUpdate exec-"));
        Assert.Equal(["Success"], Complete("Get-EcsImageUpdate -Status Suc"));
        Assert.Equal(["RunBatScript"], Complete("Update-EcsImage m-1 -Command x -CommandType Bat"));
    }

    [Fact]
    public void The_sample_patches_the_family_once_a_month_and_throws_where_it_cannot()
    {
        var sample = Path.Combine(StagedModule.RepositoryRoot, "samples", "monthly-patch.ps1");
        using var shell = new TestShell(connect: false);
        var (month, again, next) = ($"& '{sample}' -Folder $folder -Month 2026-11", $"& '{sample}' -Folder $folder -Month 2026-11", $"& '{sample}' -Folder $folder -Month 2026-12");
        Assert.Equal("Done: web-2026-11", shell.Texts(month)[^1]);
        Assert.Contains(shell.Texts(again), static l => l.StartsWith("The image of 2026-11 is there already: web-2026-11", StringComparison.Ordinal));
        Assert.NotNull(shell.Try($"{next} -InstanceType ecs.g8y.large").Terminating);
        Assert.Equal("Done: web-2026-12", shell.Texts(next)[^1]);
        shell.Run("$null = Connect-EcsAccount -Local -Path $folder -Account builder -RegionId cn-hangzhou");
        Assert.Equal(["web-2026-11 Deprecated", "web-2026-12 Available", "web-first Deprecated"],
            shell.Texts("Get-EcsImage -Family web -ImageType Custom -Status Available, Deprecated | ForEach-Object { \"$($_.Name) $($_.Status)\" }").Order(StringComparer.Ordinal));
        Assert.Equal(2, shell.Run("Get-EcsImageUpdate").Count);
        Assert.Empty(shell.Run("Get-EcsInstance"));
    }

    private string[] Complete(string typed)
    {
        using var ps = System.Management.Automation.PowerShell.Create(_shell.Runspace);
        return [.. CommandCompletion.CompleteInput(typed, typed.Length, null, ps).CompletionMatches.Select(static c => c.CompletionText)];
    }
}
