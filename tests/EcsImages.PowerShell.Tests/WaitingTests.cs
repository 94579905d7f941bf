using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class WaitingTests(SharedShell shared) : IClassFixture<SharedShell>
{
    // Each piece of work takes about four seconds.
    private const string Slow = "$slow = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.25";
    private const string Fast = "$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000";

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void A_wait_that_is_over_names_the_cmdlet_that_picks_it_up_and_another_runspace_does()
    {
        _shell.Run(Slow);
        var error = _shell.Error("$instance | New-EcsCustomImage -Name timed-out -Wait -TimeoutSec 1");
        _shell.Run(Fast);
        Assert.Equal(("WaitTimedOut", ErrorCategory.OperationTimeout), (error.Code(), error.CategoryInfo.Category));
        var id = Assert.IsType<string>(error.TargetObject);
        Assert.Contains($"Wait-EcsImage {id} -RegionId cn-hangzhou", error.Advice(), StringComparison.Ordinal);
        using var other = new TestShell(connect: false);
        other.Run($"$null = Connect-EcsAccount -Local -Path '{_shell.Folder}' -Account us -RegionId cn-hangzhou");
        Assert.Equal("Available", other.Run($"Wait-EcsImage {id} -RegionId cn-hangzhou")[0].Status);
    }

    [Fact]
    public void Waiting_shows_one_bar_that_moves_and_ends()
    {
        _shell.Run(Slow);
        var run = _shell.Try("$instance | New-EcsCustomImage -Name with-bar -Wait");
        _shell.Run(Fast);
        Assert.Equal("Available", Assert.Single(run.Output).Status);
        Assert.Single(run.Progress.Select(static p => p.ActivityId).Distinct());
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        Assert.Contains(run.Progress, static p => p.PercentComplete is > 0 and < 100);
        Assert.All(run.Progress.SkipLast(1), static p => Assert.Equal(ProgressRecordType.Processing, p.RecordType));
    }

    [Fact]
    public async Task Stop_ends_the_waiting_and_not_the_work()
    {
        _shell.Run(Slow);
        using (var ps = System.Management.Automation.PowerShell.Create(_shell.Runspace))
        {
            ps.AddScript("$instance | New-EcsCustomImage -Name stopped -Wait");
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ps.Streams.Progress.DataAdded += (_, _) => waiting.TrySetResult();
            var running = Task.Run(() => ps.Invoke());
            await waiting.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await Task.Run(ps.Stop).WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Empty(await running);
            Assert.Equal(PSInvocationState.Stopped, ps.InvocationStateInfo.State);
        }
        _shell.Run(Fast);
        Assert.Contains(_shell.Host.Lines, static l => l.Contains("Wait-EcsImage m-", StringComparison.Ordinal));
        Assert.Equal("Creating", _shell.Run("Get-EcsImage -Name stopped")[0].Status);
        Assert.Equal("Available", _shell.Run("Get-EcsImage -Name stopped | Wait-EcsImage")[0].Status);
    }

    [Fact]
    public void A_copy_under_way_is_stopped_and_gone()
    {
        _shell.Run(Slow);
        _shell.Run("$copy = $image | Copy-EcsImage -DestinationRegionId cn-shenzhen -Wait:$false");
        Assert.Equal("Creating", _shell.Run("$copy")[0].Status);
        Assert.Empty(_shell.Run("$copy | Stop-EcsImageCopy"));
        _shell.Run(Fast);
        Assert.Equal("InvalidImageId.NotFound", _shell.Error("$copy | Get-EcsImage").Code());
    }

    [Theory]
    [InlineData("$instance | New-EcsCustomImage -Name dry")]
    [InlineData("$image | Copy-EcsImage -DestinationRegionId cn-beijing")]
    [InlineData("$image | Set-EcsImage -Name dry")]
    [InlineData("$image | Remove-EcsImage -Confirm:$false")]
    [InlineData("$public | New-EcsInstance -InstanceType ecs.g7.large -Name dry")]
    [InlineData("$instance | Stop-EcsInstance")]
    public void A_dry_run_that_would_succeed_is_no_error_and_changes_nothing(string change)
    {
        var run = _shell.Try($"{change} -DryRun -Verbose");
        Assert.Empty(run.Errors);
        Assert.Empty(run.Output);
        Assert.Contains(run.Verbose, static v => v.Contains("would succeed", StringComparison.Ordinal));
        Assert.Equal("base Available", _shell.Text("$now = $image | Get-EcsImage; \"$($now.Name) $($now.Status)\""));
        Assert.Empty(_shell.Run("Get-EcsImage -Name dry; Get-EcsInstance -Name dry"));
    }

    [Fact]
    public void A_dry_run_that_would_fail_is_the_error() =>
        Assert.Equal("InvalidImageName.Duplicated", _shell.Error("$instance | New-EcsCustomImage -Name base -DryRun").Code());

    [Theory]
    [InlineData("$instance | New-EcsCustomImage -ClientToken run-1 -Name once -Wait", "ImageId", "IdempotenceParamNotMatch")]
    [InlineData("$instance | New-EcsCustomImage -ClientToken run-2 -Name once-only -SystemDiskOnly -Wait", "ImageId", "IdempotentParameterMismatch")]
    [InlineData("$image | Copy-EcsImage -ClientToken run-3 -DestinationRegionId cn-qingdao -Name once -Wait", "ImageId", "IdempotentParameterMismatch")]
    [InlineData("$public | New-EcsInstance -ClientToken run-4 -InstanceType ecs.g7.large -Name once -Wait", "InstanceId", "IdempotentParameterMismatch")]
    [InlineData("$instance | Get-EcsDisk -DiskType data | New-EcsSnapshot -ClientToken run-5 -Name once -Wait", "SnapshotId", "IdempotentParameterMismatch")]
    public void The_same_ClientToken_makes_nothing_twice_and_refuses_another_request(string script, string id, string code)
    {
        Assert.Equal(_shell.Text($"({script}).{id}"), _shell.Text($"({script}).{id}"));
        var error = _shell.Error(script.Replace("-Name once", "-Name changed", StringComparison.Ordinal));
        Assert.Equal(code, error.Code());
        Assert.Contains("-ClientToken", error.Advice(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$instance | New-EcsCustomImage -Name limited")]
    [InlineData("$image | Copy-EcsImage -DestinationRegionId cn-beijing -Name limited")]
    [InlineData("$public | New-EcsInstance -InstanceType ecs.g7.large -Name limited")]
    [InlineData("$instance | Stop-EcsInstance -Wait:$false")]
    public void A_time_limit_without_a_wait_is_refused_before_anything_happens(string change)
    {
        var error = _shell.Error($"{change} -TimeoutSec 60");
        Assert.Equal("TimeoutWithoutWait", error.Code());
        Assert.Contains("-Wait", error.Advice(), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-EcsImage -Name limited; Get-EcsImage -Name limited -RegionId cn-beijing; Get-EcsInstance -Name limited"));
        Assert.Equal("Running", _shell.Text("($instance | Get-EcsInstance).Status"));
    }
}
