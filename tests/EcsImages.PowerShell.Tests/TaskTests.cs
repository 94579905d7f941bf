using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class TaskTests(TaskWorld world) : IClassFixture<TaskWorld>
{
    private readonly TestShell _shell = world.Shell;

    [Fact]
    public void An_import_and_an_export_are_followed_by_their_tasks()
    {
        var import = _shell.Run($"$reply = {TaskWorld.Import("followed")}; $done = $reply | Wait-EcsTask; $done")[0];
        Assert.Equal(("ImportImage", "Finished", 100), ((string)import.Action, (string)import.Status, (int)import.ProgressPercent));
        Assert.Equal(_shell.Text("$reply.ImageId"), (string)import.ImageId);
        Assert.Equal((ObjectStore.BucketName, "web.raw"), ((string)import.BucketName, _shell.Text("$done.ObjectKey")));
        Assert.Equal(("cn-hangzhou", _shell.Text("$us.AccountId")), ((string)import.RegionId, (string)import.ContextAccountId));
        Assert.Equal("True True", _shell.Text("\"$($done.SupportCancel) $($done.FinishedTime -ge $done.CreationTime)\""));
        Assert.Equal("followed Available", _shell.Text("$image = $done | Get-EcsImage; \"$($image.Name) $($image.Status)\""));

        _shell.Run($"$export = Invoke-EcsApi ExportImage @{{ ImageId = $reply.ImageId; OSSBucket = '{ObjectStore.BucketName}'; OSSPrefix = 'out' }} -Confirm:$false | Wait-EcsTask");
        Assert.Equal(_shell.Text("\"ExportImage $($reply.ImageId) out_$($reply.ImageId)_system.raw.tar.gz\""), _shell.Text("\"$($export.Action) $($export.ImageId) $($export.ObjectKey)\""));
        Assert.Equal(_shell.Texts("$export.TaskId; $reply.TaskId"), _shell.Texts("Get-EcsImage -Name followed | Get-EcsTask | ForEach-Object TaskId"));
    }

    [Theory]
    [InlineData("Get-EcsTask $reply.TaskId")]
    [InlineData("$reply.TaskId | Get-EcsTask")]
    [InlineData("$reply | Get-EcsTask")]
    [InlineData("Get-EcsTask $reply.TaskId | Get-EcsTask")]
    [InlineData("$task = Get-EcsTask $reply.TaskId; [pscustomobject]@{ TaskId = $task.TaskId; ImageId = $task.ImageId; RegionId = $task.RegionId } | Get-EcsTask")]
    [InlineData("Get-EcsTask -RegionId cn-beijing, cn-hangzhou -TaskId $reply.TaskId")]
    [InlineData("Get-EcsTask -TaskId $reply.TaskId -AllRegion")]
    [InlineData("Get-EcsTask -ImageId $reply.ImageId")]
    [InlineData("Get-EcsTask -Action importimage -Status finished -ImageId $reply.ImageId")]
    public void A_task_is_found_by_whatever_stands_for_it(string script)
    {
        _shell.Run("$known = Get-EcsImage -Name known");
        if (_shell.Run("$known").Count == 0) _shell.Run($"$reply = {TaskWorld.Import("known")}; $null = $reply | Wait-EcsTask");
        Assert.Equal(_shell.Text("$reply.TaskId"), Assert.Single(_shell.Run(script)).TaskId);
    }

    [Fact]
    public void Tasks_are_listed_by_action_and_by_every_state()
    {
        using var own = new TestShell(speed: 10_000);
        TaskWorld.Furnish(own);
        Assert.Empty(own.Run("Get-EcsTask; Get-EcsTask -AllRegion"));
        own.Run($$"""
            $ids = @{}
            $ids.finished = ({{TaskWorld.Import("finished")}} | Wait-EcsTask).TaskId
            $ids.failed = ({{TaskWorld.Import("failed", "broken.qcow2", "QCOW2")}}).TaskId; $null = Wait-EcsTask $ids.failed -ErrorAction SilentlyContinue
            $ids.processing = {{TaskWorld.SlowImport("processing")}}.TaskId
            $ids.cancelled = ({{TaskWorld.SlowImport("cancelled")}} | Stop-EcsTask -Confirm:$false).TaskId
            """);
        foreach (var state in new[] { "finished", "failed", "processing", "cancelled" })
            Assert.Equal(own.Text($"$ids.{state}"), own.Text($"(Get-EcsTask -Status {state}).TaskId"));
        Assert.Equal(own.Texts("$ids.failed; $ids.finished"), own.Texts("Get-EcsTask -Status Failed, Finished | ForEach-Object TaskId"));
        Assert.Equal(4, own.Run("Get-EcsTask -Action ImportImage").Count);
        Assert.Empty(own.Run("Get-EcsTask -Action ExportImage; Get-EcsTask -RegionId cn-beijing; Get-EcsTask -Status Unheard"));
        var failed = own.Run("Get-EcsTask -Status Failed")[0];
        Assert.Equal(("InvalidImageFormat.Malformed", "broken.qcow2"), ((string)failed.ErrorCode, own.Text("(Get-EcsTask -Status Failed).ObjectKey")));
        Assert.Contains("broken.qcow2", (string)failed.ErrorMessage, StringComparison.Ordinal);
        Assert.InRange((int)own.Run("Get-EcsTask -Status Processing")[0].ProgressPercent, 0, 99);
    }

    [Fact]
    public void Tasks_of_two_regions_wait_together_and_one_that_fails_loses_nothing_of_the_others()
    {
        _shell.MakeBucket("cn-beijing", "task-bucket-beijing");
        _shell.PutObject("web.raw", TaskWorld.Disk(), "cn-beijing", "task-bucket-beijing");
        var beijing = TaskWorld.Import("together-3").Replace(ObjectStore.BucketName, "task-bucket-beijing", StringComparison.Ordinal);
        var run = _shell.Try($$"""
            $one = {{TaskWorld.Import("together-1")}}
            $two = {{TaskWorld.Import("together-2", "broken.qcow2", "QCOW2")}}
            $three = {{beijing}} -RegionId cn-beijing
            $one, $two, $three | Get-EcsTask | Wait-EcsTask
            """);
        Assert.Equal(["cn-beijing Finished", "cn-hangzhou Finished"], run.Output.Select(static t => $"{t.RegionId} {t.Status}").Order());
        var error = Assert.Single(run.Errors);
        Assert.Equal(("InvalidImageFormat.Malformed", ErrorCategory.InvalidResult, _shell.Text("$two.TaskId")), (error.Code(), error.CategoryInfo.Category, (string)error.TargetObject));
        foreach (var part in new[] { "broken.qcow2", _shell.Text("$two.TaskId"), _shell.Text("$two.ImageId") }) Assert.Contains(part, error.Text(), StringComparison.Ordinal);
        Assert.Equal(["cn-beijing", "cn-hangzhou"], _shell.Texts("$one, $three | Get-EcsTask | ForEach-Object RegionId").Order());
    }

    [Theory]
    [InlineData("Get-EcsTask")]
    [InlineData("Wait-EcsTask")]
    [InlineData("Stop-EcsTask -Confirm:$false")]
    public void An_id_that_is_not_there_is_an_error_that_says_where_to_look(string cmdlet)
    {
        _shell.Run($"$there = {TaskWorld.Import(cmdlet[..3] + "-there")} | Wait-EcsTask");
        var error = _shell.Error($"'t-missing' | {cmdlet}");
        Assert.Equal(("InvalidTaskId.NotFound", ErrorCategory.ObjectNotFound, "t-missing"), (error.Code(), error.CategoryInfo.Category, (string)error.TargetObject));
        Assert.Contains("Get-EcsTask -AllRegion", error.Advice(), StringComparison.Ordinal);
        Assert.Equal("InvalidTaskId.NotFound", _shell.Error($"{cmdlet} -TaskId $there.TaskId -RegionId cn-beijing").Code());
        _shell.Run("$other = Connect-EcsAccount -Local -Path $folder -Account other -RegionId cn-hangzhou");
        Assert.Equal("InvalidTaskId.NotFound", _shell.Error($"{cmdlet} -TaskId $there.TaskId -Context $other").Code());
        _shell.Run($"$null = Disconnect-EcsAccount $other; {TaskWorld.Fast}");
        Assert.Equal("InvalidId", _shell.Error($"{cmdlet} -TaskId 't-*'").Code());
    }

    [Fact]
    public void What_is_no_task_is_refused()
    {
        Assert.Equal("ParameterArgumentTransformationError", _shell.Error("Stop-EcsTask $us -Confirm:$false").Code());
        Assert.Equal("ParameterArgumentTransformationError", _shell.Error("Get-EcsTask $null").Code());
        Assert.Equal("ParameterArgumentValidationError", _shell.Error("Get-EcsTask -TaskId @()").Code());
        Assert.Single(_shell.Try("42 | Get-EcsTask").Errors);
        Assert.Single(_shell.Try("Get-EcsRegion cn-hangzhou | Stop-EcsTask -Confirm:$false").Errors);
    }

    [Fact]
    public void Tab_offers_tasks_actions_and_states()
    {
        _shell.Run($"$offered = {TaskWorld.Import("offered")} | Wait-EcsTask");
        Assert.Contains(_shell.Text("$offered.TaskId"), Complete("Wait-EcsTask t-"));
        Assert.Contains(_shell.Text("$offered.TaskId"), Complete("Stop-EcsTask -TaskId ImportI"));
        Assert.Contains("ExportImage", Complete("Get-EcsTask -Action "));
        Assert.Equal(["Finished"], Complete("Get-EcsTask -Status Fin"));
    }

    private string[] Complete(string typed)
    {
        using var ps = System.Management.Automation.PowerShell.Create(_shell.Runspace);
        return [.. CommandCompletion.CompleteInput(typed, typed.Length, null, ps).CompletionMatches.Select(static c => c.CompletionText)];
    }
}
