using System.Diagnostics;
using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class TaskWaitingTests(TaskWorld world) : IClassFixture<TaskWorld>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    // Some four seconds for a piece of work.
    private const string Steady = "$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.25";

    private readonly TestShell _shell = world.Shell;

    [Fact]
    public void Waiting_shows_one_bar_with_the_percentage_of_the_service()
    {
        var run = _shell.Try($"{Steady}; {TaskWorld.Import("with-bar")} | Wait-EcsTask");
        _shell.Run(TaskWorld.Fast);
        Assert.Empty(run.Errors);
        Assert.Equal("Finished", Assert.Single(run.Output).Status);
        Assert.Single(run.Progress.Select(static p => p.ActivityId).Distinct());
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        var percents = run.Progress.SkipLast(1).Select(static p => p.PercentComplete).ToArray();
        Assert.Contains(percents, static p => p is > 0 and < 100);
        Assert.Equal(percents.Order(), percents);
    }

    [Fact]
    public void A_wait_that_is_over_names_the_cmdlet_that_picks_it_up_and_another_shell_does()
    {
        _shell.Run($"{Steady}; $late = {TaskWorld.Import("late")}");
        var error = _shell.Error("$late | Wait-EcsTask -TimeoutSec 1");
        _shell.Run(TaskWorld.Fast);
        Assert.Equal(("WaitTimedOut", ErrorCategory.OperationTimeout), (error.Code(), error.CategoryInfo.Category));
        var id = _shell.Text("$late.TaskId");
        Assert.Contains($"Wait-EcsTask {id} -RegionId cn-hangzhou", error.Advice(), StringComparison.Ordinal);
        using var other = new TestShell(connect: false);
        other.Run($"$null = Connect-EcsAccount -Local -Path '{_shell.Folder}' -Account us -RegionId cn-beijing");
        Assert.Equal("Finished", other.Run($"Wait-EcsTask {id} -RegionId cn-hangzhou")[0].Status);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_waiting_and_not_the_task()
    {
        _shell.Run(TaskWorld.Slow);
        using (var ps = System.Management.Automation.PowerShell.Create(_shell.Runspace))
        {
            ps.AddScript($"{TaskWorld.Import("left-alone")} | Wait-EcsTask");
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ps.Streams.Progress.DataAdded += (_, _) => waiting.TrySetResult();
            var running = Task.Run(() => ps.Invoke());
            await waiting.Task.WaitAsync(Limit);
            await Task.Run(ps.Stop).WaitAsync(Limit);
            Assert.Empty(await running);
        }
        _shell.Run(TaskWorld.Fast);
        Assert.Contains(_shell.Host.Lines, static l => l.Contains("Wait-EcsTask t-", StringComparison.Ordinal));
        Assert.Equal("Processing", _shell.Run("Get-EcsImage -Name left-alone | Get-EcsTask")[0].Status);
        Assert.Equal("Cancelled", _shell.Run("Get-EcsImage -Name left-alone | Get-EcsTask | Stop-EcsTask -Confirm:$false")[0].Status);
    }

    [Fact]
    public async Task An_import_whose_process_was_killed_is_finished_by_the_shell_that_waits_for_it()
    {
        var (raw, packed) = (Path.Combine(_shell.Folder, "disk.raw"), Path.Combine(_shell.Folder, "disk.qcow2"));
        await File.WriteAllBytesAsync(raw, TaskWorld.Disk());
        _shell.Run($"$null = Convert-EcsImageFile '{raw}' '{packed}'");
        _shell.PutObject("disk.qcow2", await File.ReadAllBytesAsync(packed));
        var script = Path.Combine(_shell.Folder, "killed.ps1");
        await File.WriteAllTextAsync(script, $"""
            param($folder)
            {Steady.Replace("$us =", "$null =", StringComparison.Ordinal)}
            $reply = {TaskWorld.Import("killed", "disk.qcow2", "QCOW2")}
            $reply.TaskId
            $null = $reply | Wait-EcsTask
            """);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [StagedModule.Shell, "-NonInteractive", "-File", script, _shell.Folder])
        {
            RedirectStandardOutput = true,
            Environment = { ["ECSIMAGE_MODULE"] = StagedModule.Manifest },
        })!;
        var id = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.StartsWith("t-", id, StringComparison.Ordinal);
        var task = Assert.Single(_shell.Run($"Wait-EcsTask {id} -TimeoutSec 60"));
        Assert.Equal(("Finished", 100), ((string)task.Status, (int)task.ProgressPercent));
        Assert.Equal("Available", _shell.Text("(Get-EcsImage -Name killed).Status"));
    }
}
